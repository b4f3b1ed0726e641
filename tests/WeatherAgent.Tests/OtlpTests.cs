using System.Net;
using System.Net.Sockets;
using AiObs.TestSupport;
using AiObs.TestSupport.Otlp;

namespace WeatherAgent.Tests;

/// <summary>Sends the spans of a run to a server over the real exporter.</summary>
public sealed class OtlpTests
{
    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Otlp_BuiltInConversation_ArrivesAsTheFileHasIt()
    {
        await using var receiver = await OtlpReceiver.StartAsync(TestToken);
        using var file = new TemporaryFile();

        var run = await WeatherCall.RunAsync("--otlp", receiver.Endpoint.ToString(), "--spans", file.Path);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains($"Sent 9 spans to {receiver.Endpoint}v1/traces.", run.Output, StringComparison.Ordinal);
        var received = receiver.Spans.ToDictionary(span => span.SpanId);
        var written = WrittenSpan.ReadAll(file.Path);
        Assert.Equal(written.Select(span => span.SpanId).Order(), received.Keys.Order());
        Assert.All(written, span => AssertSame(span, received[span.SpanId]));
    }

    [Fact]
    public async Task Otlp_BuiltInConversation_NamesServiceAndScope()
    {
        await using var receiver = await OtlpReceiver.StartAsync(TestToken);

        await WeatherCall.RunAsync("--otlp", receiver.Endpoint.ToString(), "--question", "How is it in Oslo?");

        Assert.Equal(4, receiver.Spans.Count);
        Assert.All(receiver.Spans, span => Assert.Equal(("AiObs", "weather-agent"), (span.Scope.Name, span.Scope.Resource["service.name"])));
        Assert.All(receiver.Requests, request => Assert.Equal("application/x-protobuf", request.Headers["Content-Type"]));
    }

    [Fact]
    public async Task Otlp_AddressWithPath_IsUsedAsItIs()
    {
        await using var receiver = await OtlpReceiver.StartAsync(TestToken);

        await WeatherCall.RunAsync("--otlp", $"{receiver.Endpoint}team/v1/traces", "--question", "Hello?");

        Assert.All(receiver.Requests, request => Assert.Equal("/team/v1/traces", request.Path));
        Assert.Equal(2, receiver.Spans.Count);
    }

    [Fact]
    public async Task Otlp_NobodyListens_SaysSoAndSucceeds()
    {
        // Bound, so that nobody else gets the port, and not listening.
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var endpoint = $"http://{taken.LocalEndPoint}";

        var run = await WeatherCall.RunAsync("--otlp", endpoint, "--question", "Hello?");

        Assert.Equal(0, run.ExitCode);
        Assert.Matches($"^The export to {endpoint}/v1/traces failed: \\w.+\\n$", run.Error);
        Assert.Contains("2 spans, tokens:", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Sent", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Otlp_ServerRefuses_SaysSoAndSucceeds()
    {
        await using var receiver = await OtlpReceiver.StartAsync(TestToken);
        receiver.Respond = _ => new OtlpResponse(401);

        var run = await WeatherCall.RunAsync("--otlp", receiver.Endpoint.ToString(), "--question", "Hello?");

        Assert.Equal((0, $"The export to {receiver.Endpoint}v1/traces failed: the server answered 401 Unauthorized"), (run.ExitCode, run.Error.TrimEnd()));
    }

    private static void AssertSame(WrittenSpan written, ReceivedSpan received)
    {
        Assert.Equal((written.TraceId, written.ParentSpanId, written.Name), (received.TraceId, received.ParentId, received.Name));
        Assert.Equal((written.Kind, written.Status.Code), ($"{received.Kind}", $"{received.Status}"));
        Assert.Equal(written.StartTime, received.Start.UtcDateTime);
        Assert.Equal(written.DurationMs, (received.End - received.Start).TotalMilliseconds, tolerance: 0.001);
        Assert.Equal(written.Events.Select(item => (item.Name, item.Time)), received.Events.Select(item => (item.Name, item.Time.UtcDateTime)));
        Assert.Equal(0, received.DroppedAttributes);
        SpanAssert.Attributes(written.Values, received.Attributes, written.Name);
    }
}
