using AiObs.Cost.Usage;

namespace AiObs.Operations;

/// <summary>What the clients next to the model saw of an operation that was opened further out.</summary>
/// <remarks>
/// A function loop between the two answers with the sum of its rounds. The first round belongs to this operation, each later one has an
/// operation of its own, so the sum would count them twice.
/// </remarks>
internal sealed class LeafCalls
{
    private readonly Lock _gate = new();
    private TokenUsage? _usage;
    private TokenEstimate _delivered;
    private string? _model;
    private string? _serviceTier;
    private bool _hasOwn;
    private bool _hasNested;
    private string? _nestedAnswer;

    /// <summary>Notes a call that the operation itself stands for: the first round, or one of several attempts.</summary>
    public void NoteOwn(in LeafCall call)
    {
        lock (_gate)
        {
            _hasOwn = true;
            _usage = call.Usage is null || _usage is null ? call.Usage ?? _usage : _usage.Plus(call.Usage);
            _delivered = _delivered.Plus(call.Delivered);
            _model = call.Model ?? _model;
            _serviceTier = call.ServiceTier ?? _serviceTier;
        }
    }

    /// <summary>Notes a call that has an operation of its own inside of this one.</summary>
    public void NoteNested()
    {
        lock (_gate)
        {
            _hasNested = true;
        }
    }

    /// <summary>Notes how such a call was answered.</summary>
    public void NoteNestedAnswer(string? responseId)
    {
        lock (_gate)
        {
            _nestedAnswer = responseId ?? _nestedAnswer;
        }
    }

    /// <summary>Tells whether the model was called in nested operations only.</summary>
    public bool AreAllNestedIn(ChatOperation operation)
    {
        lock (_gate)
        {
            return _hasNested && !_hasOwn && IsSeenInside(operation);
        }
    }

    /// <summary>Leaves of the usage on the operation only what is its own.</summary>
    public void Apply(ChatOperation operation)
    {
        lock (_gate)
        {
            if (_hasNested && (_hasOwn || IsSeenInside(operation)))
            {
                operation.Usage = _usage;
                operation.ResponseModel = _model ?? operation.ResponseModel;
                operation.ServiceTier = _serviceTier ?? operation.RequestedServiceTier;
                if (operation.Costs is { } costs)
                {
                    costs.Delivered = _delivered;
                }
            }
            else if (_hasOwn)
            {
                operation.Usage = _usage ?? operation.Usage;
                operation.ResponseModel ??= _model;
                operation.ServiceTier ??= _serviceTier;
            }
        }
    }
    /// <summary>Tells whether what answers the operation is seen inside of it: by a client further in, or in a nested operation that had the very same answer.</summary>
    /// <remarks>No client can be asked for what observes it by its pipeline; where it calls another model than it was told to, the answer gives it away.</remarks>
    private bool IsSeenInside(ChatOperation operation) =>
        operation.IsObservedFurtherIn || (_nestedAnswer is not null && _nestedAnswer == operation.ResponseId);
}
