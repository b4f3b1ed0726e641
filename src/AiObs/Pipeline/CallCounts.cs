using AiObs.Operations;

namespace AiObs.Pipeline;

/// <summary>Counts of all operations of a root what the doctor judges by.</summary>
internal sealed class CallCounts
{
    private long _used;
    private long _costed;
    private long _recorded;
    private long _failedUnrecorded;

    /// <summary>Gets how many model calls used tokens.</summary>
    public long Used => Interlocked.Read(ref _used);

    /// <summary>Gets to how many of them something said what they cost, if only that it is not known.</summary>
    public long Costed => Interlocked.Read(ref _costed);

    /// <summary>Gets how many operations left a span that is exported.</summary>
    public long Recorded => Interlocked.Read(ref _recorded);

    /// <summary>Gets how many operations failed and left none.</summary>
    public long FailedUnrecorded => Interlocked.Read(ref _failedUnrecorded);

    /// <summary>Counts an operation that has ended, once it is settled.</summary>
    public void Note(AgentOperation operation)
    {
        if (operation is ModelOperation { Usage: not null } model)
        {
            Interlocked.Increment(ref _used);
            if (model.Cost is not null)
            {
                Interlocked.Increment(ref _costed);
            }
        }

        if (operation.IsForeignActivity)
        {
            return;
        }

        if (operation.Activity is { Recorded: true })
        {
            Interlocked.Increment(ref _recorded);
        }
        else if (operation.Error is not null)
        {
            Interlocked.Increment(ref _failedUnrecorded);
        }
    }
}
