namespace AiObs.Facts;

/// <summary>An extractor gave no answer that facts could be taken from. Nothing was saved, and the same messages are read the next time.</summary>
public sealed class FactExtractionException : InvalidOperationException
{
    /// <summary>Initializes a new instance of the <see cref="FactExtractionException"/> class.</summary>
    /// <param name="message">What was wrong with the answer.</param>
    /// <param name="innerException">What was thrown; <see langword="null"/> where nothing was.</param>
    public FactExtractionException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
