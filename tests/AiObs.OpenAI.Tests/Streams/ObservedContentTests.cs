using System.ClientModel;
using System.ClientModel.Primitives;
using System.Diagnostics;
using System.Text;
using AiObs.Http.Streams;
using AiObs.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.OpenAI.Tests.Streams;

/// <summary>Streams that come whole in one piece, and are read as far as a test wants.</summary>
public sealed class ObservedContentTests : IDisposable
{
    private const string ChatEvents = """
        data: {"id":"c1","model":"gpt-4o","choices":[{"index":0,"delta":{"content":"Sun"}}]}

        data: {"id":"c1","model":"gpt-4o","choices":[{"index":0,"delta":{"content":"ny."},"finish_reason":"stop"}]}

        data: {"id":"c1","model":"gpt-4o","choices":[],"usage":{"prompt_tokens":1000,"completion_tokens":100}}

        data: [DONE]


        """;

    private const string ResponseEvents = """
        data: {"type":"response.output_text.delta","delta":"Sun"}

        data: {"type":"response.output_text.delta","delta":"ny."}

        data: {"type":"response.completed","response":{"id":"r1","status":"completed","model":"gpt-4o","usage":{"input_tokens":1000,"output_tokens":100}}}


        """;

    private readonly string _source = $"raw-{Guid.NewGuid():N}";
    private readonly SpanCollector _spans;
    private readonly AgentObservability _root;

    public ObservedContentTests()
    {
        _spans = new SpanCollector(_source);
        _root = AgentObservability.Create(builder => builder.AddCostTracking().Configure(options =>
        {
            options.SourceName = _source;
            options.CaptureContent = ContentCapture.Spans;
        }));
    }

    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    private Activity Span => _spans.Only();

    public void Dispose()
    {
        _root.Dispose();
        _spans.Dispose();
    }

    [Theory]
    [InlineData(ChatEvents, false)]
    [InlineData(ChatEvents, true)]
    [InlineData(ResponseEvents, false)]
    [InlineData(ResponseEvents, true)]
    public async Task Read_RoomForAll_HandsOutOneEventAtATime(string events, bool isSync)
    {
        await using var content = await OpenAsync(events);

        List<string> read = [];
        while (await ReadAsync(content, isSync) is { Length: > 0 } piece)
        {
            read.Add(piece);
        }

        Assert.Equal(events, string.Concat(read));
        Assert.Equal(events.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(static item => $"{item}\n\n"), read);
        Assert.Equal(("completed", "Sunny."), (Span.GetTagItem("aiobs.stream.outcome"), Span.GetTagItem("output.value")));
    }

    [Theory]
    [InlineData(ChatEvents, false)]
    [InlineData(ChatEvents, true)]
    [InlineData(ResponseEvents, false)]
    [InlineData(ResponseEvents, true)]
    public async Task Dispose_UsageHasComeUnread_IsAbandonedAndPricedByIt(string events, bool isSync)
    {
        var content = await OpenAsync(events);
        await ReadAsync(content, isSync);

        await DisposeAsync(content, isSync);

        Assert.Equal(
            ("abandoned", "Sun", 1L),
            (Span.GetTagItem("aiobs.stream.outcome"), Span.GetTagItem("output.value"), Span.GetTagItem("aiobs.stream.chunks")));

        // 1,000 at 2.50 and 100 at 10 USD per million.
        var total = _root.Costs!.Accumulator.Total;
        Assert.Equal((0.0035m, 0L), (total.Total, total.EstimatedCount));
    }

    [Theory]
    [InlineData(ChatEvents)]
    [InlineData(ResponseEvents)]
    public async Task Dispose_UsageHasComeUnreadAndIsLessThanTheTextSeems_IsPricedByIt(string events)
    {
        var content = await OpenAsync(events.Replace("Sun", "Sunny and warm, and no cloud to be seen anywhere", StringComparison.Ordinal)
            .Replace("tokens\":100", "tokens\":5", StringComparison.Ordinal));
        await ReadAsync(content, isSync: false);

        await content.DisposeAsync();

        var total = _root.Costs!.Accumulator.Total;
        Assert.Equal((5, 0L), (total.OutputTokens, total.EstimatedCount));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Dispose_Twice_EndsOnce(bool isSync)
    {
        var content = await OpenAsync(ChatEvents);
        await ReadAsync(content, isSync);

        await DisposeAsync(content, isSync);
        await DisposeAsync(content, isSync);

        Assert.Equal("abandoned", Span.GetTagItem("aiobs.stream.outcome"));
        Assert.Equal(1, _root.Costs!.Accumulator.Total.CallCount);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_SmallerRoomThanAnEvent_LosesNothing(bool isSync)
    {
        await using var content = await OpenAsync(ChatEvents);

        var read = "";
        while (await ReadAsync(content, isSync, room: 7) is { Length: > 0 } piece)
        {
            read += piece;
        }

        Assert.Equal((ChatEvents, "Sunny."), (read, Span.GetTagItem("output.value")));
    }

    [Fact]
    public async Task ReadAsync_CancelledBetweenEventsThatHaveCome_IsCancelled()
    {
        await using var content = await OpenAsync(ChatEvents);
        await ReadAsync(content, isSync: false);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => Assert.Equal(8, await content.ReadAsync(new byte[8], new CancellationToken(canceled: true))));

        Assert.Equal("cancelled", Span.GetTagItem("aiobs.stream.outcome"));
    }

    [Fact]
    public async Task Read_ResponseIsQueuedInsteadOfStreamed_IsNotPriced()
    {
        await using var content = await OpenAsync("""{"id":"r1","status":"queued","model":"gpt-4o"}""", "application/json");

        await content.CopyToAsync(Stream.Null, TestToken);

        Assert.Equal("queued", Span.GetTagItem("aiobs.response.status"));
        Assert.Equal(0, _root.Costs!.Accumulator.Total.CallCount);
    }

    [Fact]
    public async Task Read_BodyTooLongToKeep_EndsAllTheSameAndIsCounted()
    {
        using var metrics = new MetricCollector(_source);
        await using var content = await OpenAsync(new string(' ', BodyObserver.MaxLength + 1), "application/json");

        await content.CopyToAsync(Stream.Null, TestToken);

        Assert.Equal("completed", Span.GetTagItem("aiobs.stream.outcome"));
        Assert.Equal("response_body", Assert.Single(metrics.Of("aiobs.drops")).Tags["aiobs.part"]);
    }

    private static async Task<string> ReadAsync(Stream content, bool isSync, int room = 1024 * 1024)
    {
        var buffer = new byte[room];
        var count = isSync ? content.Read(buffer) : await content.ReadAsync(buffer, TestToken);
        return Encoding.UTF8.GetString(buffer, 0, count);
    }

    private static async Task DisposeAsync(Stream content, bool isSync)
    {
        if (isSync)
        {
            content.Dispose();
        }
        else
        {
            await content.DisposeAsync();
        }
    }

    private async Task<Stream> OpenAsync(string events, string type = "text/event-stream")
    {
        using var transport = new CannedTransport(Encoding.UTF8.GetBytes(events), type);
        using var body = BinaryContent.Create(BinaryData.FromString("""{"model":"gpt-4o","stream":true,"messages":[],"input":"Hi"}"""));
        var sdk = transport.Connect(_root, new Uri("https://api.openai.com/v1"));
        var options = new RequestOptions { BufferResponse = false, CancellationToken = TestToken };
        var result = events.StartsWith(ChatEvents[..20], StringComparison.Ordinal)
            ? await sdk.GetChatClient("gpt-4o").CompleteChatAsync(body, options)
            : await sdk.GetResponsesClient().CreateResponseAsync(body, options);
        return result.GetRawResponse().ContentStream!;
    }
}
