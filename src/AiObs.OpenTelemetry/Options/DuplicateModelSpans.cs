namespace AiObs.OpenTelemetry;

/// <summary>What becomes of the model spans that other libraries write for calls that AiObs observes already.</summary>
public enum DuplicateModelSpans
{
    /// <summary>They stay in the trace as steps of the call, without tokens and cost, so that nothing is counted twice.</summary>
    Demote,

    /// <summary>They stay as they are; backends that add up spans count such calls twice.</summary>
    Keep,
}
