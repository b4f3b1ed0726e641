namespace AiObs.Memory;

/// <summary>Nothing that a model could be shown would be right. A strategy that throws it ends the turn, whatever <see cref="MemoryRequest.OnFailure"/> says.</summary>
public sealed class MemoryException : InvalidOperationException
{
    /// <summary>Initializes a new instance of the <see cref="MemoryException"/> class.</summary>
    /// <param name="strategy">The strategy that cannot go on.</param>
    /// <param name="message">Why, and what to do about it.</param>
    /// <param name="innerException">What it threw; <see langword="null"/> where it found that by itself.</param>
    public MemoryException(string strategy, string message, Exception? innerException = null)
        : base(message, innerException) => Strategy = strategy;

    /// <summary>Gets the strategy that cannot go on.</summary>
    public string Strategy { get; }
}
