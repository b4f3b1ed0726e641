using Microsoft.Extensions.AI;

namespace AiObs.Store.Tests.Conversations.Contents;

/// <summary>A tool call of an application's own.</summary>
public sealed class ForecastCall(string callId) : ToolCallContent(callId);
