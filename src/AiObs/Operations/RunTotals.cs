namespace AiObs.Operations;

/// <summary>What the calls inside of an agent or a tool took, however deep inside they are. Counted when they end; may be added to from several threads.</summary>
internal sealed class RunTotals
{
    private readonly Lock _lock = new();
    private int _modelCalls;
    private int _toolCalls;
    private long? _inputTokens;
    private long? _outputTokens;
    private decimal? _amount;
    private CostCompleteness? _completeness;

    /// <summary>Adds a model call. What it leaves to a call inside is that one's.</summary>
    public void Add(ModelOperation call)
    {
        lock (_lock)
        {
            _modelCalls++;
            _inputTokens = Sum(_inputTokens, call.Usage?.Input);
            _outputTokens = Sum(_outputTokens, call.Usage?.Output);
            if (call.Cost is { } cost)
            {
                _amount = cost.Total is { } total ? (_amount ?? 0) + total : _amount;
                _completeness = _completeness is { } known ? Join(known, cost.Completeness) : cost.Completeness;
            }
        }
    }

    public void AddTool()
    {
        lock (_lock)
        {
            _toolCalls++;
        }
    }

    /// <summary>Returns what there is at this moment; no completeness where nothing was priced.</summary>
    public (int ModelCalls, int ToolCalls, long? InputTokens, long? OutputTokens, decimal? Amount, CostCompleteness? Completeness) Read()
    {
        lock (_lock)
        {
            return (_modelCalls, _toolCalls, _inputTokens, _outputTokens, _amount, _completeness);
        }
    }

    /// <summary>Says how far a sum can be trusted: where only some of it has a price, it is a part.</summary>
    private static CostCompleteness Join(CostCompleteness one, CostCompleteness other) =>
        one == other ? one
        : one == CostCompleteness.Unpriced || other == CostCompleteness.Unpriced ? CostCompleteness.Partial
        : (CostCompleteness)Math.Max((int)one, (int)other);

    private static long? Sum(long? sum, long? more) => more is null ? sum : (sum ?? 0) + more;
}
