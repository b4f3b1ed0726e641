namespace AiObs.Store.Telemetry;

/// <summary>Is an exception that says how the operation ended, where that is no failure of the store.</summary>
internal interface IHasOutcome
{
    /// <summary>Gets one of <see cref="StoreOutcomes"/>.</summary>
    string Outcome { get; }
}
