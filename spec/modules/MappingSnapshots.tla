---------------------------- MODULE MappingSnapshots ----------------------------
(***************************************************************************)
(* What the controller does to whole disks: snapshots of one disk or of    *)
(* several at once (P14.17, P15.5), the barrier for the latter (P15.15),   *)
(* and deletion. Java: dev.faultline.core.ControllerCore.                  *)
(***************************************************************************)
EXTENDS MappingController

(* Entries of disk d as they are after one state was switched, under version n. *)
Changed(d, state, on, n) ==
  [s \in Segments |-> [SetState(table[d][s], state, on) EXCEPT !.version = n]]

(* A state is switched on every entry of the disks D, in the persistent table first; then the
   commands go out. *)
ChangeDisks(D, state, on, n, commands) ==
  /\ IsNewVersion(n)
  /\ table' = [d \in DOMAIN table |-> IF d \in D THEN Changed(d, state, on, n) ELSE table[d]]
  /\ version' = n
  /\ net' = Sent(net, commands)
  /\ UNCHANGED <<names, openings>>

CloneGoesTo(g, step, awaits) == clones' = [clones EXCEPT ![g] = [step |-> step, awaits |-> awaits]]

-----------------------------------------------------------------------------
(* RULE. No name is used twice: agents may still know a disk that is gone, and would reject the I/O
   of another one with its name. *)
NeverNamedBefore(e) == e \notin names

(* Somebody asks for snapshots of one or more disks: g says which new name is for which. *)
AskSnapshot(g) ==
  /\ Up
  /\ g # Empty
  /\ Range(g) \subseteq DOMAIN table \ DOMAIN deletions
  /\ \A e \in DOMAIN g : /\ e \notin DOMAIN table
                         /\ NeverNamedBefore(e)
                         /\ \A x \in DOMAIN clones : e \notin DOMAIN x
  /\ clones' = With(clones, g, [step |-> "asked", awaits |-> {}])
  /\ UNCHANGED <<container, persistent, faults, jobs, deletions, recovery, agents, net>>

(* RULE. Snapshots begin when their disks are left alone by jobs, and by other snapshots that have
   begun. *)
BeginsOnlyWhenFree(g) ==
  /\ \A d \in Range(g) : ~Busy(d)
  /\ \A x \in DOMAIN clones \ {g} :
       Range(x) \intersect Range(g) # {} => clones[x].step = "asked" \/ Cloned(x)

MayBegin(g) == clones[g].step = "asked" /\ Serving /\ BeginsOnlyWhenFree(g)

QuiesceCommands(g, n)  == UNION {{QuiesceDisk(a, d, n)  : a \in Mappers(d)} : d \in Range(g)}
ActivateCommands(g, n) == UNION {{ActivateDisk(a, d, n) : a \in Mappers(d)} : d \in Range(g)}

Quiesce(g, n) ==
  /\ g \in DOMAIN clones
  /\ MayBegin(g)
  /\ NeedsBarrier(g)
  /\ ChangeDisks(Range(g), "held", TRUE, n, QuiesceCommands(g, n))
  /\ CloneGoesTo(g, "quiescing", QuiesceCommands(g, n))
  /\ UNCHANGED <<container, faults, jobs, deletions, recovery, agents>>

(* RULE. Under a barrier, the disks are frozen only when every agent has come to a stand. The cut
   would be consistent without it; that nothing is in flight is what a barrier promises. *)
FreezesOnlyWhenQuiet(g) == clones[g].awaits = {}

(* The commands that make every write to disks D fault: one for each agent and disk, for all
   entries. *)
FreezeCommands(D, n) ==
  UNION {{SetEntryState(a, d, Segments, "Nw", TRUE, n, TRUE) : a \in Mappers(d)} : d \in D}

(* Nw is set on every entry of the originals, in the persistent table first and then at all
   agents, by a blocking command (P14.17). *)
Freeze(g, n) ==
  /\ g \in DOMAIN clones
  /\ \/ MayBegin(g) /\ ~NeedsBarrier(g)
     \/ clones[g].step = "quiescing" /\ FreezesOnlyWhenQuiet(g)
  /\ ChangeDisks(Range(g), "Nw", TRUE, n, FreezeCommands(Range(g), n))
  /\ CloneGoesTo(g, "freezing", FreezeCommands(Range(g), n))
  /\ UNCHANGED <<container, faults, jobs, deletions, recovery, agents>>

(* RULE. The tables are copied only when every agent has answered: then no write to the originals
   is in flight (P15.5). *)
CopiesOnlyWhenAllAnswered(g) == clones[g].awaits = {}

(* RULE. The tables are copied only when what the snapshots hold is durable: a snapshot has its contents
   for ever. *)
CopiesOnlyWhenFlushed(g) == StorageCaches => clones[g].step = "flushed"

(* The tables of the originals, Nw included, become the tables of the snapshots (P15.5), all in
   one step, so that a crash leaves all of them or none. *)
CopyTable(g, n) ==
  /\ g \in DOMAIN clones
  /\ clones[g].step \in {"freezing", "flushed"}
  /\ CopiesOnlyWhenAllAnswered(g)
  /\ CopiesOnlyWhenFlushed(g)
  /\ IsNewVersion(n)
  /\ table' = [d \in DOMAIN table \union DOMAIN g |->
                 IF d \in DOMAIN g THEN Changed(g[d], "held", FALSE, n) ELSE table[d]]
  /\ version' = n
  /\ names' = names \union DOMAIN g
  /\ CloneGoesTo(g, "copied", {})
  /\ UNCHANGED <<container, openings, faults, jobs, deletions, recovery, agents, net>>

(* A barrier is taken down when the snapshots exist (P15.15). *)
Activate(g, n) ==
  /\ g \in DOMAIN clones
  /\ clones[g].step = "copied"
  /\ NeedsBarrier(g)
  /\ ChangeDisks(Range(g), "held", FALSE, n, ActivateCommands(g, n))
  /\ CloneGoesTo(g, "activating", ActivateCommands(g, n))
  /\ UNCHANGED <<container, faults, jobs, deletions, recovery, agents>>

(* Whoever asked is told that the snapshots exist (P15.15). *)
AnswerSnapshot(g) ==
  /\ g \in DOMAIN clones
  /\ \/ Cloned(g)
     \/ clones[g].step = "activating" /\ clones[g].awaits = {}
  /\ clones' = Without(clones, g)
  /\ UNCHANGED <<container, persistent, faults, jobs, deletions, recovery, agents, net>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* Deletion. The table says that the disk is going, and the agents are     *)
(* told; when nothing is in flight any more, the disk is removed, and with *)
(* it the locations that no other disk uses. A sharer that is left alone   *)
(* has its Nw lifted at its next write: see LiftUnshared.                  *)
(***************************************************************************)
AskDeletion(d) ==
  /\ Up
  /\ d \in DOMAIN table
  /\ d \notin DOMAIN deletions
  /\ \A g \in DOMAIN clones : d \notin Range(g) \union DOMAIN g
  /\ deletions' = With(deletions, d, [step |-> "asked", awaits |-> {}])
  /\ UNCHANGED <<container, persistent, faults, jobs, clones, recovery, agents, net>>

DeleteCommands(d, n) == {SetEntryState(a, d, Segments, "error", TRUE, n, TRUE) : a \in Mappers(d)}

(* RULE. A deletion begins when no job is under way on its disk. *)
DeletesOnlyWhenFree(d) == ~Busy(d)

Delete(d, n) ==
  /\ d \in DOMAIN deletions
  /\ Serving
  /\ deletions[d].step = "asked"
  /\ DeletesOnlyWhenFree(d)
  /\ ChangeDisks({d}, "error", TRUE, n, DeleteCommands(d, n))
  /\ deletions' = [deletions EXCEPT ![d] = [step |-> "deleting", awaits |-> DeleteCommands(d, n)]]
  /\ UNCHANGED <<container, faults, jobs, clones, recovery, agents>>

(* RULE. A disk is removed only when every agent has answered: no I/O is at its locations then. *)
RemovesOnlyWhenAllAnswered(d) == deletions[d].awaits = {}

(* RULE. A disk is removed only when nothing is copied from its locations: the disk that is
   leaving a location may have reads in flight there, though no table may name it any more. *)
RemovesOnlyWhenNotCopied(d) ==
  \A s \in DOMAIN jobs : jobs[s].from = NoLocation \/ jobs[s].from # table[d][s].location

(* RULE. A location is freed with the last disk that uses it. *)
FreesOnlyUnshared(d, freed) == freed = {l \in DOMAIN storage : Users(l) = {d}}

Remove(d, freed) ==
  /\ d \in DOMAIN deletions
  /\ Serving
  /\ deletions[d].step = "deleting"
  /\ RemovesOnlyWhenAllAnswered(d)
  /\ RemovesOnlyWhenNotCopied(d)
  /\ FreesOnlyUnshared(d, freed)
  /\ storage' = [l \in DOMAIN storage \ freed |-> storage[l]]
  /\ older' = OlderWithout(freed)
  /\ table' = Without(table, d)
  /\ deletions' = Without(deletions, d)
  /\ UNCHANGED <<members, cut, version, names, openings, faults, jobs, clones, recovery, agents, net>>
=============================================================================
