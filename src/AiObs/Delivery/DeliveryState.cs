namespace AiObs.Delivery;

/// <summary>How a target does.</summary>
internal enum DeliveryState
{
    /// <summary>The last write succeeded, or there was none yet.</summary>
    Working,

    /// <summary>The last write failed; its items are kept and tried again.</summary>
    Retrying,

    /// <summary>Too many writes in a row failed; nobody waits until the target is back.</summary>
    Broken,

    /// <summary>A write was cancelled and does not end.</summary>
    Hung,

    /// <summary>Nothing is written any more.</summary>
    Stopped,
}
