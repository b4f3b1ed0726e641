namespace AiObs.Operations;

/// <summary>How far a model call has come, as far as that is seen.</summary>
internal enum CallProgress
{
    /// <summary>Nothing is known of its requests.</summary>
    Unknown,

    /// <summary>Its client was asked, has not returned yet, and no request was seen.</summary>
    Asked,

    /// <summary>Its client is waiting for something, and no request was seen.</summary>
    Waiting,

    /// <summary>Something was sent, or was answered.</summary>
    Sent,
}
