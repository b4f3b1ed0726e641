namespace AiObs.Cost;

/// <summary>A record that a store has not taken yet.</summary>
/// <param name="record">The record.</param>
/// <param name="sequence">Which one it is of all that were taken, counted from 1.</param>
internal sealed class WaitingCost(CostRecord record, long sequence)
{
    private const int MostRefusals = 5;

    private long _acceptedBefore = -1;
    private int _refusals;

    public CostRecord Record => record;

    public long Sequence => sequence;

    /// <summary>Notes that the store refused the record. Returns whether to give it up.</summary>
    /// <param name="accepted">How many records the store has taken by now: while it takes none, its refusal says nothing of this one.</param>
    public bool Refuse(long accepted)
    {
        if (_acceptedBefore < accepted)
        {
            _acceptedBefore = accepted;
            _refusals++;
        }

        return _refusals > MostRefusals;
    }
}
