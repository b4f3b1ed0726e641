using Microsoft.Extensions.AI;

namespace AiObs.Http.Wire;

/// <summary>A request as a chat client would have got it.</summary>
/// <param name="Messages">The messages.</param>
/// <param name="Options">The options.</param>
/// <param name="RunsInBackground">Whether the service goes on with it whoever waits for it.</param>
internal sealed record WireRequest(IList<ChatMessage> Messages, ChatOptions Options, bool RunsInBackground = false);
