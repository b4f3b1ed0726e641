using Microsoft.Extensions.AI;

namespace AiObs.OpenAI.Wire;

/// <summary>A request as a chat client would have got it.</summary>
internal sealed record WireRequest(IList<ChatMessage> Messages, ChatOptions Options);
