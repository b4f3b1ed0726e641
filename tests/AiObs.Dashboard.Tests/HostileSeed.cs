using System.Text.Json;
using AiObs.Operations;
using AiObs.Store;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Dashboard.Tests;

/// <summary>Puts a text into everything that has a name: calls, agents, tools, users, models, attributes, events, and what is said.</summary>
internal static class HostileSeed
{
    private static int _count;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Makes calls and spans that have the text everywhere.</summary>
    /// <param name="host">The application.</param>
    /// <param name="text">The text.</param>
    /// <param name="json">What stands where messages are, which others may have written.</param>
    public static async Task<Seed> FillAsync(DashboardHost host, string text, string json)
    {
        var name = "x" + text;
        using (AgentContext.Begin(userId: name, sessionId: name, conversationId: name, tags: [name], metadata: [new(name, text)]))
        {
            var tool = AIFunctionFactory.Create((string city) => text + city, new AIFunctionFactoryOptions { Name = name, Description = text });
            using var agent = Build(host, name, StubChatClient.Scripted(
                Answer(name, new FunctionCallContent(name, name, new Dictionary<string, object?> { ["city"] = text, [name] = text })),
                Answer(name, new TextReasoningContent(text), new TextContent(text))));
            await agent.GetResponseAsync([new(ChatRole.User, text) { AuthorName = name }], new ChatOptions { Instructions = text, Tools = [tool] }, Token);
            using var failing = Build(host, name, StubChatClient.Throwing(new InvalidOperationException(text)));
            await Assert.ThrowsAsync<InvalidOperationException>(() => failing.GetResponseAsync(text, cancellationToken: Token));
            await host.Observability.Events.TrackAsync(TypeOf(name), [new(name, text), new("tool_name", text)], content: text, cancellationToken: Token);
        }

        var span = Foreign(name, text, json);
        await host.Traces.AppendAsync([span], Token);
        await host.Observability.FlushTracesAsync(Token);
        await host.Observability.Events.FlushAsync(Token);
        await host.Observability.Costs!.FlushAsync(Token);
        var called = (await host.Traces.ListAsync(TraceQuery.All, Token)).Traces.First(static trace => trace.ToolCount == 1);
        // Texts may be alike but for what an id cannot have.
        var keptId = $"{KeptConversations.Clean(name)} {Interlocked.Increment(ref _count)}";
        await KeptConversations.FillAsync(host.Services.GetRequiredService<IConversationStore>(), keptId, text, text, keptId);
        return new() { KeptId = keptId, TraceId = span.TraceId, SpanId = span.SpanId, OtherTraceId = called.TraceId, ConversationId = called.ConversationId!, SpanIds = [span.SpanId] };
    }

    /// <summary>A type of an event is short and has no control characters.</summary>
    private static string TypeOf(string name) => string.Concat(name.Where(static character => !char.IsControl(character)).Take(128));

    private static IChatClient Build(DashboardHost host, string name, StubChatClient model) =>
        model.AsBuilder().UseAgent(name, host.Observability).UseFunctionInvocation().UseAgentObservability(host.Observability).Build();

    private static ChatResponse Answer(string model, params AIContent[] contents) => new(new ChatMessage(ChatRole.Assistant, contents))
    {
        ModelId = model,
        ResponseId = model,
        Usage = new() { InputTokenCount = 10, OutputTokenCount = 4 },
        FinishReason = new(model),
    };

    /// <summary>A span as another process may have sent it.</summary>
    private static SpanRecord Foreign(string name, string text, string json) =>
        Spans.Make(trace: 1_000 + Interlocked.Increment(ref _count), span: 1, kind: OperationKind.Chat, name: name) with
        {
            Source = name,
            Provider = name,
            Model = name,
            Agent = name,
            Tool = name,
            UserId = name,
            SessionId = name,
            ConversationId = name,
            Tags = [name],
            IsError = true,
            ErrorType = name,
            Attributes = JsonSerializer.Serialize(new Dictionary<string, string> { [name] = text, ["exception.message"] = text }),
            Events = JsonSerializer.Serialize(new[] { new { name, time = DateTimeOffset.UtcNow, attributes = new Dictionary<string, string> { [name] = text } } }),
            HadContent = true,
            Content = new(JsonSerializer.Serialize(new Dictionary<string, string>
            {
                ["gen_ai.input.messages"] = json,
                ["gen_ai.output.messages"] = JsonSerializer.Serialize(new[] { new { role = name, parts = new[] { new { type = "text", content = text }, new { type = name, content = text } } } }),
                [name] = text,
            })),
        };
}
