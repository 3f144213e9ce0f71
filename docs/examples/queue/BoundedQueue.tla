---- MODULE BoundedQueue ----
(* Producers put items into a queue of bounded length; a consumer takes them out. *)
EXTENDS Naturals, Sequences
CONSTANTS Producers, Capacity
VARIABLES queue, taken
Init == queue = <<>> /\ taken = 0
HasRoom == Len(queue) < Capacity
Put(p, item) == HasRoom /\ queue' = Append(queue, <<p, item>>) /\ UNCHANGED taken
Take(item) == queue # <<>> /\ Head(queue)[2] = item /\ queue' = Tail(queue) /\ taken' = (taken + 1) % 8
Next == \/ \E p \in Producers, item \in 0..3 : Put(p, item)
        \/ \E item \in 0..3 : Take(item)
NeverFull == Len(queue) < Capacity
====
