namespace AiObs.Operations;

/// <summary>A call was refused by an <see cref="ICallGate"/>; the model was not asked.</summary>
public abstract class CallRefusedException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="CallRefusedException"/> class.</summary>
    protected CallRefusedException()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="CallRefusedException"/> class.</summary>
    /// <param name="message">What was refused and why.</param>
    protected CallRefusedException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="CallRefusedException"/> class.</summary>
    /// <param name="message">What was refused and why.</param>
    /// <param name="innerException">What led to it.</param>
    protected CallRefusedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
