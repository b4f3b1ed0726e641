using AiObs.Operations;

namespace AiObs.Events.Raising;

/// <summary>Collects the facts of an event; what is unknown is left out.</summary>
internal struct FactList
{
    /// <summary>What all amounts are in.</summary>
    private const string Currency = "USD";

    private static readonly object True = true;
    private static readonly object False = false;

    private KeyValuePair<string, object?>[] _entries;
    private int _count;

    public FactList(int capacity) => _entries = new KeyValuePair<string, object?>[capacity];

    public void Add(string key, object? value)
    {
        if (value is not null)
        {
            _entries[_count++] = new(key, value);
        }
    }

    public void Add(string key, bool value) => Add(key, value ? True : False);

    // Unpacked first, because the runtime boxes what may be empty by a slow way of its own.
    public void Add(string key, TimeSpan? value) => Add(key, value is { } known ? (object)known.TotalMilliseconds : null);

    /// <summary>Adds who was asked; room for four facts is needed.</summary>
    public void Add(CallFacts call) => Add(call.Kind, call.Provider, call.RequestModel, call.ResponseModel);

    /// <summary>Adds who was asked; room for four facts is needed.</summary>
    public void Add(OperationKind kind, string? provider, string? requestModel, string? responseModel)
    {
        Add(EventDataKeys.Operation, kind == OperationKind.Embeddings ? "embeddings" : "chat");
        Add(EventDataKeys.Provider, provider);
        Add(EventDataKeys.Model, responseModel ?? requestModel);
        if (responseModel is not null && responseModel != requestModel)
        {
            Add(EventDataKeys.RequestModel, requestModel);
        }
    }

    /// <summary>Adds what was used; room for five facts is needed.</summary>
    public void Add(TokenUsage? usage)
    {
        if (usage is not null)
        {
            Add(EventDataKeys.InputTokens, usage.InputBox);
            Add(EventDataKeys.OutputTokens, usage.OutputBox);
            Add(EventDataKeys.CacheReadTokens, usage.CacheReadBox);
            Add(EventDataKeys.CacheWriteTokens, usage.CacheWriteBox);
            Add(EventDataKeys.ReasoningTokens, usage.ReasoningBox);
        }
    }

    /// <summary>Adds how it ended; room for two facts is needed.</summary>
    public void AddEnd(OperationOutcome outcome, TimeSpan duration)
    {
        Add(EventDataKeys.Outcome, NameOf(outcome));
        Add(EventDataKeys.Duration, duration);
    }

    /// <summary>Adds what it cost, as far as that is known; room for three facts is needed.</summary>
    public void AddAmount(decimal? amount, CostCompleteness? completeness)
    {
        if (amount is { } total)
        {
            Add(EventDataKeys.Amount, total);
            Add(EventDataKeys.Currency, Currency);
        }

        Add(EventDataKeys.Completeness, completeness is { } known ? NameOf(known) : null);
    }

    public KeyValuePair<string, object?>[] ToEntries()
    {
        Array.Resize(ref _entries, _count);
        return _entries;
    }

    public EventData ToData() => new(ToEntries());

    private static string NameOf(CostCompleteness completeness) => completeness switch
    {
        CostCompleteness.Exact => "exact",
        CostCompleteness.Estimated => "estimated",
        CostCompleteness.Partial => "partial",
        _ => "unpriced",
    };

    private static string NameOf(OperationOutcome outcome) => outcome switch
    {
        OperationOutcome.Completed => "completed",
        OperationOutcome.Failed => "failed",
        OperationOutcome.Cancelled => "cancelled",
        OperationOutcome.Abandoned => "abandoned",
        OperationOutcome.Refused => "refused",
        _ => "running",
    };
}
