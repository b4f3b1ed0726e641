using System.Diagnostics;
using AiObs.Operations;
using AiObs.TestSupport;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;

namespace AiObs.Tests.Chat;

/// <summary>A chat client that is observed under a source name of its own, with everything that it emits collected.</summary>
internal sealed class ObservedChat : IDisposable
{
    public ObservedChat(
        IChatClient inner,
        Action<AgentObservabilityOptions>? configure = null,
        ActivitySamplingResult sampling = ActivitySamplingResult.AllDataAndRecorded,
        TimeProvider? clock = null,
        IOperationObserver? observer = null)
    {
        Spans = new SpanCollector(Source, sampling);
        Root = AgentObservability.Create(builder =>
        {
            builder.Services.AddSingleton(Logs.ToFactory());
            builder.Services.AddSingleton(clock ?? TimeProvider.System);
            builder.Configure(options => (options.SourceName, options.CallbackTimeout) = (Source, HangGuard.LongestCallback));
            if (configure is not null)
            {
                builder.Configure(configure);
            }

            if (observer is not null)
            {
                builder.AddObserver(observer);
            }
        });
        Client = inner.UseAgentObservability(Root);
    }

    public string Source { get; } = $"chat-{Guid.NewGuid():N}";

    public AgentObservability Root { get; }

    public IChatClient Client { get; }

    public SpanCollector Spans { get; }

    public FakeLogCollector Logs { get; } = new();

    /// <summary>Gets the only span; fails when there is not exactly one.</summary>
    public Activity Span => Spans.Only();

    public static void WithContent(AgentObservabilityOptions options) => options.CaptureContent = ContentCapture.Spans;

    public Task<ChatResponse> AskAsync(string text = "Hi", ChatOptions? options = null) =>
        Client.GetResponseAsync(text, options, TestContext.Current.CancellationToken);

    public Task<ChatResponse> AskAsync(ChatMessage[] messages, ChatOptions? options = null) =>
        Client.GetResponseAsync(messages, options, TestContext.Current.CancellationToken);

    public async Task<List<ChatResponseUpdate>> ReadAsync(string text = "Hi", ChatOptions? options = null)
    {
        List<ChatResponseUpdate> read = [];
        await foreach (var update in Client.GetStreamingResponseAsync(text, options, TestContext.Current.CancellationToken))
        {
            read.Add(update);
        }

        return read;
    }

    public void Dispose()
    {
        Client.Dispose();
        Root.Dispose();
        Spans.Dispose();
    }
}
