using System.Diagnostics;
using Microsoft.Extensions.AI;

namespace AiObs.TestSupport.Stubs;

/// <summary>What one call handed to a <see cref="StubChatClient"/>.</summary>
/// <param name="Messages">The very sequence that was passed, not enumerated.</param>
/// <param name="Options">The very options that were passed.</param>
/// <param name="CurrentActivity">The ambient activity inside the call.</param>
/// <param name="CancellationToken">The token of the call.</param>
public sealed record StubChatCall(
    IEnumerable<ChatMessage> Messages, ChatOptions? Options, Activity? CurrentActivity, CancellationToken CancellationToken);
