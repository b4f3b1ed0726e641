namespace AiObs.Operations;

/// <summary>What a bucket is part of.</summary>
public enum CostDirection
{
    /// <summary>Neither: a request, a search, an execution. It counts to the total only.</summary>
    None,

    /// <summary>What was sent to the model.</summary>
    Input,

    /// <summary>What the model made.</summary>
    Output,
}
