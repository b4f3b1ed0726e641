namespace AiObs;

/// <summary>A cursor cannot be used: it is damaged, or it belongs to a listing with other filters or another order.</summary>
public sealed class InvalidCursorException : FormatException
{
    /// <summary>Initializes a new instance of the <see cref="InvalidCursorException"/> class.</summary>
    /// <param name="message">What is wrong with the cursor, and what to do.</param>
    public InvalidCursorException(string message)
        : base(message)
    {
    }
}
