using System.Diagnostics;

namespace AiObs;

/// <summary>A piece of work of the application's own that is being traced. Dispose it when the work is done.</summary>
/// <remarks>
/// Where nothing listens, or required data is missing, it is an untraced span: everything on it may be called and does nothing.
/// </remarks>
public abstract class AgentSpan : IDisposable
{
    private protected AgentSpan()
    {
    }

    /// <summary>Gets a value indicating whether the work is traced.</summary>
    public abstract bool IsTraced { get; }

    /// <summary>Gets the span itself; <see langword="null"/> when nobody samples it.</summary>
    public abstract Activity? Activity { get; }

    /// <summary>Adds an event to the span. It is written as it is given: neither the content switch nor redaction applies.</summary>
    /// <param name="name">The event's name.</param>
    /// <param name="attributes">The event's attributes.</param>
    public void AddEvent(string name, IEnumerable<KeyValuePair<string, object?>>? attributes = null) =>
        Activity?.AddEvent(new ActivityEvent(name, tags: attributes is null ? null : [.. attributes]));

    /// <summary>Says that the work failed. The first word counts: what is said later, or by <see cref="Dispose"/>, changes nothing.</summary>
    /// <param name="exception">What went wrong.</param>
    /// <param name="callerCancelled">Whether the caller cancelled, so that an <see cref="OperationCanceledException"/> is no failure.</param>
    public abstract void Fail(Exception exception, bool callerCancelled = false);

    /// <summary>Ends the span; well, unless <see cref="Fail"/> was called.</summary>
    public abstract void Dispose();
}
