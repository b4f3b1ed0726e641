using AiObs.Operations;
using AiObs.Store;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Dashboard.Tests;

/// <summary>A call in which all names are long and cannot be broken.</summary>
internal static class LongTexts
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task FillAsync(DashboardHost host)
    {
        var name = new string('m', 200);
        using (AgentContext.Begin(userId: name, sessionId: name, conversationId: name, tags: [name]))
        {
            using var client = StubChatClient.Answering(new(new ChatMessage(ChatRole.Assistant, name)) { ModelId = name, Usage = new() { InputTokenCount = 123_456_789, OutputTokenCount = 123_456_789 } })
                .AsBuilder().UseAgent(name, host.Observability).UseAgentObservability(host.Observability).Build();
            await client.GetResponseAsync(name, cancellationToken: Token);
        }

        await host.Traces.AppendAsync(
            [Spans.Make(77, 1, name: name, kind: OperationKind.Tool) with { Tool = name, IsError = true, ErrorType = name, Provider = name, Agent = name, UserId = name }], Token);
        var kept = host.Services.GetRequiredService<IConversationStore>();
        await KeptConversations.FillAsync(kept, name, name, name, name);
        await kept.CommitAsync(KeptConversations.Turn("conversation-1", number: 9, name, name), Token);
        await host.Observability.FlushTracesAsync(Token);
        await host.Observability.Costs!.FlushAsync(Token);
        await host.Observability.Events.FlushAsync(Token);
    }
}
