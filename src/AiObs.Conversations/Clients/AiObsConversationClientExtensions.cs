using AiObs.Conversations;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.AI;

/// <summary>Adds conversations to chat clients.</summary>
public static class AiObsConversationClientExtensions
{
    /// <summary>
    /// Adds a stage that keeps what is said: each call is a turn of the conversation that <see cref="ChatOptions.ConversationId"/> names. Place it first, outside of function invocation, for turns with whole loops;
    /// inside of it each call of the model is a turn of its own.
    /// </summary>
    /// <param name="builder">The pipeline under construction; stages added earlier stand outside this one.</param>
    /// <param name="conversations">The conversations, or a view of them; by default those of the container.</param>
    /// <param name="options">How turns are done; their client and chat options are those of the call.</param>
    /// <returns>The same <paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <remarks>To build the pipeline throws an <see cref="InvalidOperationException"/> where there are no conversations: call <c>AddConversations()</c>.</remarks>
    public static ChatClientBuilder UseConversations(this ChatClientBuilder builder, AgentConversations? conversations = null, TurnOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use((client, services) => new ConversationChatClient(
            client,
            conversations ?? services.GetService<AgentConversations>() ?? throw new InvalidOperationException(
                "UseConversations() has no conversations. Call AddAgentObservability().AddConversations() and build the client with the services, or pass them: UseConversations(observability.Conversations)."),
            options));
    }
}
