-------------------------------- MODULE Reaching --------------------------------
(***************************************************************************)
(* Tells which situations a model really gets into. A property that says   *)
(* "when this and that, then …" is true in every model in which this and   *)
(* that never come together, so a model claims in manifest.json what it    *)
(* reaches, and the claim is checked.                                      *)
(*                                                                         *)
(* A module that extends this one defines the invariant that the           *)
(* configurations list. It is always true; what matters is what it prints. *)
(*                                                                         *)
(*   Situations ==                                                         *)
(*     /\ Met(1, "retried write", \E h \in DOMAIN ios : …)                 *)
(*     /\ Met(2, "two disks share", …)                                     *)
(*                                                                         *)
(* Numbers and names are written out, and each is used once. A name has at *)
(* most 60 letters, digits, blanks, hyphens and underscores: TLC breaks    *)
(* longer lines.                                                           *)
(***************************************************************************)
LOCAL INSTANCE Naturals
LOCAL INSTANCE TLC

(* TLC's registers 1 to 99, which no state has a share in: whether a situation was met. What an
   assumption sets, every worker has; afterwards, each worker has registers of its own and prints a
   name once for itself. *)
ASSUME \A i \in 1..99 : TLCSet(i, FALSE)

(* TRUE. The name is printed when P is met for the first time; P is not looked at afterwards. *)
Met(i, name, P) ==
  \/ TLCGet(i)
  \/ ~P
  \/ PrintT(<<"reached", name>>) /\ TLCSet(i, TRUE)
=============================================================================
