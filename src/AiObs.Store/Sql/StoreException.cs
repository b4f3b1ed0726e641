namespace AiObs.Store;

/// <summary>A database could not do what a log or a store asked of it. Nothing that was acknowledged before is lost, and nothing of the failed write is kept.</summary>
/// <remarks>The message says what happened, where, and what to do; the inner exception is the driver's own.</remarks>
public sealed class StoreException : IOException
{
    internal StoreException(string message, bool isTransient = false, Exception? innerException = null)
        : base(message, innerException) => IsTransient = isTransient;

    /// <summary>Gets a value indicating whether trying again later, with nothing else changed, may succeed.</summary>
    public bool IsTransient { get; }

    /// <summary>Gets a value indicating whether what was written to is not what stands in its place now.</summary>
    internal bool HasLostPlace { get; init; }
}
