------------------------------- MODULE MCSharing -------------------------------
(***************************************************************************)
(* Three disks that share one location, as two snapshots leave them, and   *)
(* what comes of it: each may be written, deleted, or cloned again. Models *)
(* start there, right before what they are about.                          *)
(***************************************************************************)
EXTENDS MCMapping

(* A disk, its snapshot, and a snapshot of either: which, makes no difference any more. *)
SharedTable == [d \in {"disk", "snap", "late"} |->
                  [s \in Segments |-> [location |-> s, states |-> {"Nw"}, version |-> 0]]]

(* The two disks of a first snapshot. *)
PairTable == [d \in {"disk", "snap"} |->
                [s \in Segments |-> [location |-> s, states |-> {"Nw"}, version |-> 0]]]

(* A disk alone with a location, and two others that share one. *)
LoneAndPairTable ==
  [d \in {"disk", "snap", "late"} |->
     [s \in Segments |-> IF d = "disk" THEN [location |-> 1, states |-> {}, version |-> 0]
                                       ELSE [location |-> 0, states |-> {"Nw"}, version |-> 0]]]

DeletingNext ==
  \/ \E h \in Hosts : HostStep(h) \/ IoStep(h)
  \/ CommandStep
  \/ FaultStep
  \/ \E s \in Segments : JobStep(s)
  \/ \E d \in Disks : DeletionStep(d)

CloningAndDeletingNext ==
  \/ DeletingNext
  \/ \E g \in Cuts : SnapshotStep(g)

(* The writer writes to any disk through a1; the reader reads any disk through a2. *)
WritesAllReadsAll(h) ==
  Uses(h, writer, a1, {}, Disks) \/ Uses(h, reader, a2, Disks, {})

(* The writer writes to the disk through a1, the reader reads the snapshot through a2. *)
WritesDiskReadsSnapshot(h) ==
  Uses(h, writer, a1, {}, {"disk"}) \/ Uses(h, reader, a2, {"snap"}, {})

(* A snapshot of the snapshot; or two of the disk, which may be asked for at the same time. *)
SnapshotOfSnapshot == {[e \in {"late"} |-> "snap"]}
TwoOfDisk          == {[e \in {"snap"} |-> "disk"], [e \in {"late"} |-> "disk"]}

(* A snapshot of each of two disks, also together. *)
SomeCuts == {[e \in {"snap"} |-> "disk"], [e \in {"late"} |-> "disk"], [e \in {"late"} |-> "snap"],
             [e \in {"snap", "late"} |-> "disk"]}

(* The writer writes to the disk through a1, the reader reads it through a2. *)
WritesAndReadsDisk(h) ==
  Uses(h, writer, a1, {}, {"disk"}) \/ Uses(h, reader, a2, {"disk"}, {})

(* One host reads the disk through each agent, while another writes to it. *)
WritesAndReadsThroughBoth(h) ==
  \/ Uses(h, writer, a1, {}, {"disk"})
  \/ Uses(h, "first reader", a1, {"disk"}, {})
  \/ Uses(h, reader, a2, {"disk"}, {})

WritesAll(h)  == Uses(h, writer, a1, {}, Disks)
WritesDisk(h) == Uses(h, writer, a1, {}, {"disk"})
WritesSnapshot(h) == Uses(h, writer, a1, {}, {"snap"})

(* Instead of FreesOnlyUnshared: nothing is freed. *)
FreesNothing(d, freed) == freed = {}
=============================================================================
