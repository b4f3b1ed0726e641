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
    private string? _model;
    private string? _serviceTier;
    private bool _hasOwn;
    private bool _hasNested;

    /// <summary>Notes a call that the operation itself stands for: the first round, or one of several attempts.</summary>
    public void NoteOwn(TokenUsage? usage, string? model, string? serviceTier)
    {
        lock (_gate)
        {
            _hasOwn = true;
            _usage = usage is null || _usage is null ? usage ?? _usage : _usage.Plus(usage);
            _model = model ?? _model;
            _serviceTier = serviceTier ?? _serviceTier;
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

    /// <summary>Leaves of the usage on the operation only what is its own.</summary>
    public void Apply(ChatOperation operation)
    {
        lock (_gate)
        {
            if (_hasNested && (_hasOwn || operation.IsObservedFurtherIn))
            {
                operation.Usage = _usage;
                operation.ResponseModel = _model ?? operation.ResponseModel;
                operation.ServiceTier = _serviceTier;
            }
            else if (_hasOwn)
            {
                operation.Usage = _usage ?? operation.Usage;
                operation.ResponseModel ??= _model;
                operation.ServiceTier ??= _serviceTier;
            }
        }
    }
}
