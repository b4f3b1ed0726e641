using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.Chat;

/// <summary>What is made of one enumeration of a stream. None of it may throw.</summary>
internal abstract class StreamObservation
{
    /// <summary>Starts the operation.</summary>
    /// <param name="messages">The messages of the request.</param>
    /// <param name="options">The options of the request; may be replaced by a copy.</param>
    /// <returns>The operation; <see langword="null"/> when the stream is to pass unobserved.</returns>
    public abstract AgentOperation? Start(IList<ChatMessage> messages, ref ChatOptions? options);

    /// <summary>Called before the inner client is asked for the next update.</summary>
    public virtual void BeforeMove()
    {
    }

    /// <summary>Called with each update, before the consumer sees it.</summary>
    public abstract void OnUpdate(ChatResponseUpdate update);

    /// <summary>Called when the stream ended by itself.</summary>
    public abstract void Complete();

    /// <summary>Called when the consumer left the stream before its end.</summary>
    public abstract void Abandon();

    /// <summary>Called when the stream threw.</summary>
    public abstract void Fail(Exception exception, bool callerCancelled);
}
