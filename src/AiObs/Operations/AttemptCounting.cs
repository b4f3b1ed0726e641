namespace AiObs.Operations;

/// <summary>Who counts the attempts of a model call.</summary>
internal enum AttemptCounting
{
    /// <summary>Nobody.</summary>
    Off,

    /// <summary>Every HTTP request that fails under the call is taken for one.</summary>
    ByRequest,

    /// <summary>The client that makes them, which knows better; requests that fail below it count where a handler repeats them.</summary>
    ByClient,
}
