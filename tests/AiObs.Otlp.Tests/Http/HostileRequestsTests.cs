using System.Net;
using System.Text;
using AiObs.TestSupport;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;

namespace AiObs.Otlp.Tests.Http;

/// <summary>Whatever is sent is answered in one of the ways that are documented, in the time that a request has.</summary>
public sealed class HostileRequestsTests : IAsyncLifetime
{
    private static readonly HttpStatusCode[] Documented =
        [HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.UnsupportedMediaType, HttpStatusCode.TooManyRequests];

    private ReceiverHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ReceiverHost.StartAsync(static o =>
    {
        o.CaptureContent = ContentCapture.All;
        o.Privacy.RedactText = static (_, text) => text;
    });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public void AnyBytes_AreAnsweredInADocumentedWay() => Fuzz.Check(
        from body in Gen.Choose(0, 255).Select(static value => (byte)value).ArrayOf()
        from type in Gen.Elements(ReceiverHost.Protobuf, ReceiverHost.Json, "text/plain")
        from encoding in Gen.Elements<string?>(null, "gzip")
        select (body, type, encoding),
        request => AssertAnswered(request.body, request.type, request.encoding));

    [Fact]
    public void MutatedProtobuf_IsAnsweredInADocumentedWay() => Fuzz.Check(Mutated(Valid()), body => AssertAnswered(body, ReceiverHost.Protobuf), cases: 300);

    [Fact]
    public void MutatedJson_IsAnsweredInADocumentedWay() => Fuzz.Check(Mutated(Encoding.UTF8.GetBytes(ValidJson)), body => AssertAnswered(body, ReceiverHost.Json), cases: 300);

    [Fact]
    public void HostileTexts_AsKeysAndValuesOfEveryAttribute_AreTaken() => Fuzz.Check(
        from name in HostileText.Any
        from key in Gen.OneOf(HostileText.Any, Gen.Elements(Keys))
        from value in Gen.OneOf(HostileText.Any, HostileJson.Document)
        select (name, key, value),
        item =>
        {
            var span = Requests.Span(Random.Shared.Next(), item.name, (item.key, item.value), ("gen_ai.operation.name", "chat"), ("openinference.span.kind", "LLM"))
                .Has(item.name, (item.key, item.value))
                .Fails(item.value);
            using var response = _host.SendAsync(Requests.Of(span)).GetAwaiter().GetResult();
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        },
        cases: 200);

    private static readonly string[] Keys =
    [
        "gen_ai.input.messages", "gen_ai.output.messages", "gen_ai.prompt.0.content", "gen_ai.prompt.99999999999.role", "gen_ai.completion.0.tool_calls.0.arguments",
        "llm.input_messages.0.message.contents.0.message_content.text", "llm.output_messages.0.message.tool_calls.1.tool_call.function.name", "llm.token_count.prompt",
        "gen_ai.usage.input_tokens", "gen_ai.tool.definitions", "llm.request.type", "traceloop.entity.input", "traceloop.span.kind", "user.id", "session.id", "tag.tags", "metadata",
    ];

    private const string ValidJson =
        """{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"a"}}]},"scopeSpans":[{"scope":{"name":"s"},"spans":[{"traceId":"0123456789abcdef0123456789abcdef","spanId":"0123456789abcdef","name":"n","kind":3,"startTimeUnixNano":"1764504000000000001","endTimeUnixNano":"1764504000000000002","attributes":[{"key":"gen_ai.operation.name","value":{"stringValue":"chat"}},{"key":"list","value":{"arrayValue":{"values":[{"intValue":"1"},{"doubleValue":0.5}]}}}],"events":[{"name":"e","timeUnixNano":"1"}],"status":{"code":2,"message":"m"}}]}]}]}""";

    private static byte[] Valid() => Requests.Of(
        Requests.Span(1, "chat", ("gen_ai.operation.name", "chat"), ("gen_ai.usage.input_tokens", 1), ("list", new object[] { "a", 1, 0.5 })).Has("exception", ("exception.message", "m")).Fails("m"),
        Requests.Span(2, "tool", ("traceloop.span.kind", "tool"), ("traceloop.entity.input", "{}")).In(1)).ToByteArray();

    /// <summary>Changes, leaves out or repeats some of the bytes.</summary>
    private static Gen<byte[]> Mutated(byte[] valid) =>
        from changes in Gen.Choose(0, int.MaxValue).Two().ListOf()
        select changes.Take(8).Aggregate(valid, static (body, change) => Change(body, change.Item1, change.Item2));

    private static byte[] Change(byte[] body, int place, int value)
    {
        var at = body.Length == 0 ? 0 : place % body.Length;
        return (value % 4) switch
        {
            0 => [.. body[..at], (byte)(value >> 8), .. body[Math.Min(at + 1, body.Length)..]],
            1 => [.. body[..at], .. body[Math.Min(at + 1 + ((value >> 8) % 16), body.Length)..]],
            2 => [.. body[..at], (byte)(value >> 8), .. body[at..]],
            _ => [.. body, .. body[at..]],
        };
    }

    private void AssertAnswered(byte[] body, string contentType, string? encoding = null)
    {
        using var response = _host.SendAsync(body, contentType, encoding).GetAwaiter().GetResult();
        Assert.Contains(response.StatusCode, Documented);
    }
}
