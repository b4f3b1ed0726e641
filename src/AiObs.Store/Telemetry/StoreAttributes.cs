namespace AiObs.Store.Telemetry;

/// <summary>The attributes of store operations.</summary>
internal static class StoreAttributes
{
    /// <summary>The name of the log or store, as it is registered.</summary>
    public const string Name = "aiobs.store.name";

    /// <summary>The kind of database: <c>sqlite</c> or <c>postgresql</c>.</summary>
    public const string Adapter = "aiobs.store.adapter";

    /// <summary>What was done, one of <see cref="StoreOperationNames"/>.</summary>
    public const string Operation = "aiobs.store.operation";

    /// <summary>How it ended: <c>ok</c>, <c>violation</c> or <c>error</c>.</summary>
    public const string Outcome = "aiobs.store.outcome";
}
