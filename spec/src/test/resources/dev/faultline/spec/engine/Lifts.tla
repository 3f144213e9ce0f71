------------------------------- MODULE Lifts --------------------------------
(* Instantiated in Turns with a parameter, and instantiates a module with a parameter of its own. *)
EXTENDS Naturals
CONSTANT Top
VARIABLE at
From(bottom) == INSTANCE Lift WITH Floors <- bottom..Top
Fall(f) == at > 0 /\ f < Top /\ at' = f
Jump(f) == f <= Top /\ at' = f
Move == \/ \E bottom \in {10, 15} : From(bottom)!Move
        \/ \E f \in 0..3 : Fall(f)
        \/ \E f \in {Top - 1, Top + 1} : Jump(f)
=============================================================================
