using System.Text.Json;
using AiObs.Guardrails;
using AiObs.Memory;

namespace AiObs.Conversations;

/// <summary>How conversations are kept.</summary>
public sealed class ConversationOptions
{
    /// <summary>Gets or sets how long a conversation is kept after the latest commit to it. <see cref="AgentConversations.EraseExpiredAsync"/> erases what is older.</summary>
    /// <value>The default is <see langword="null"/>: for ever. Must be at least 1 minute.</value>
    public TimeSpan? TimeToLive { get; set; }

    /// <summary>Gets or sets how often the host erases what has expired.</summary>
    /// <value>The default is <see langword="null"/>: never, and you call <see cref="AgentConversations.EraseExpiredAsync"/>. Must lie between 1 minute and 24 days. On several instances each of them does it, which is harmless.</value>
    public TimeSpan? EraseExpiredEvery { get; set; }

    /// <summary>Gets or sets a value indicating whether a conversation needs a user.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool RequireUser { get; set; }

    /// <summary>Gets or sets the most characters that a message may have as JSON; one with more is refused.</summary>
    /// <value>The default is 16,777,216. Must lie between 1,024 and 268,435,456.</value>
    public int MaxMessageLength { get; set; } = 1 << 24;

    /// <summary>Gets the strategies of memory, in the order in which they work, for <see cref="AgentConversations.ApplyMemoryAsync"/>.</summary>
    /// <value>The default is none: a model is shown the whole conversation, made valid.</value>
    public IList<IMemoryStrategy> Memory { get; } = [];

    /// <summary>Gets the guardrails, in the order in which they look: each sees what the one before has left. They hold for turns and for <see cref="AgentConversations.CheckGuardrailsAsync"/>.</summary>
    /// <value>The default is none.</value>
    public IList<GuardrailRule> Guardrails { get; } = [];

    /// <summary>Gets or sets how long whoever runs a turn has it for himself. He renews that while the call or the stream goes on; when his process ends, others can go on after it.</summary>
    /// <value>The default is 1 minute. Must lie between 1 second and 1 day.</value>
    public TimeSpan TurnLease { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets how long it may take to store what came of a turn, also once its caller has given up.</summary>
    /// <value>The default is 30 seconds. Must lie between 1 millisecond and 1 day.</value>
    public TimeSpan SaveTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets how contents are written and read that are not of Microsoft.Extensions.AI.</summary>
    /// <value>The default is <see langword="null"/>: as <see cref="Microsoft.Extensions.AI.AIJsonUtilities.DefaultOptions"/> say. For a content type of your own, take a copy of them and call <c>AddAIContentType</c> on it.</value>
    public JsonSerializerOptions? JsonOptions { get; set; }
}
