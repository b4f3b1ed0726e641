using AiObs.Metrics;
using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.Chat;

/// <summary>What is made of one enumeration of a stream.</summary>
internal abstract class StreamObservation
{
    /// <summary>The part of the observation that takes note of updates.</summary>
    public const string Part = "stream";

    /// <summary>Gets what durable event sinks have to confirm before the stream may end; known once it has ended.</summary>
    public virtual Confirmation? Confirmation => null;

    /// <summary>Gets what measures the time of each update; known once the stream has started, <see langword="null"/> when nobody wants it.</summary>
    public ChunkTimer? Timer { get; protected set; }

    /// <summary>Has the gates let the call through, before anything else.</summary>
    /// <param name="messages">The messages of the request.</param>
    /// <param name="options">The options of the request.</param>
    /// <param name="cancellationToken">The token of the request.</param>
    /// <exception cref="CallRefusedException">A gate refuses the call.</exception>
    public virtual ValueTask AdmitAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken) => default;

    /// <summary>Starts to observe, once the gates have let the call through.</summary>
    /// <param name="messages">The messages of the request.</param>
    /// <param name="options">The options of the request.</param>
    /// <returns>The operation that the inner client works in; <see langword="null"/> for a stream that passes unobserved.</returns>
    public abstract AgentOperation? Start(IEnumerable<ChatMessage> messages, ChatOptions? options);

    /// <summary>Puts on the stream what may end it early.</summary>
    public virtual IAsyncEnumerable<ChatResponseUpdate> Guard(IAsyncEnumerable<ChatResponseUpdate> stream) => stream;

    /// <summary>Called when the stream has to be waited for.</summary>
    public virtual void Wait()
    {
    }

    /// <summary>Takes note of an update, before the consumer sees it. The one method that may throw: who calls it reports that, as <see cref="Take"/> does.</summary>
    public virtual void Note(ChatResponseUpdate update)
    {
    }

    /// <summary>Takes note of an update, and reports what goes wrong with that.</summary>
    public void Take(ChatResponseUpdate update, Faults faults)
    {
        try
        {
            Note(update);
        }
#pragma warning disable CA1031 // Observing never breaks the observed.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            faults.Report(Part, exception);
        }
    }

    /// <summary>Called when the stream ended by itself.</summary>
    public virtual void Complete()
    {
    }

    /// <summary>Called when the consumer left the stream before its end.</summary>
    public virtual void Abandon()
    {
    }

    /// <summary>Called when the stream threw.</summary>
    public virtual void Fail(Exception exception, bool callerCancelled)
    {
    }
}
