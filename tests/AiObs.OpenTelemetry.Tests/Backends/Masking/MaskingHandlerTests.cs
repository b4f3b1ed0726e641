using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using AiObs.OpenTelemetry.Backends.Masking;
using AiObs.Privacy;

namespace AiObs.OpenTelemetry.Tests.Backends.Masking;

/// <summary>Requests in every form that they are sent in.</summary>
public sealed class MaskingHandlerTests
{
    private static readonly ActivitySpanId SpanId = ActivitySpanId.CreateRandom();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task SendAsync_MaskedSpan_LeavesWithMaskedValues(bool isGrpc, bool isCompressed)
    {
        var sent = await SendAsync(Wrap(Request(SpanId), isGrpc, isCompressed), isGrpc, isCompressed, Masks());

        var text = Encoding.UTF8.GetString(Unwrap(sent, isGrpc, isCompressed));
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.Contains("__REDACTED__", text, StringComparison.Ordinal);
        Assert.Contains("[EMAIL]", text, StringComparison.Ordinal);
        Assert.Contains("kept", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_OtherSpan_LeavesAsItIs()
    {
        var request = Request(ActivitySpanId.CreateRandom());

        Assert.Equal(request, await SendAsync(request, isGrpc: false, isCompressed: false, Masks()));
    }

    [Fact]
    public async Task SendAsync_NothingIsMasked_LeavesAsItIs()
    {
        var request = Request(SpanId);

        Assert.Equal(request, await SendAsync(request, isGrpc: false, isCompressed: false, masks: []));
    }

    [Fact]
    public async Task SendAsync_NoBatchIsKnown_DoesNotLeave()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(
            () => SendAsync(Request(SpanId), isGrpc: false, isCompressed: false, masks: null));

        Assert.Contains("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0x0A, 0xFF })]
    [InlineData(new byte[] { 0x0B })]
    [InlineData(new byte[] { 0x0A, 0x05, 0x12 })]
    public async Task SendAsync_WhatCannotBeRead_DoesNotLeave(byte[] request) => await Assert.ThrowsAsync<InvalidDataException>(
        () => SendAsync(request, isGrpc: false, isCompressed: false, Masks()));

    private static Dictionary<ActivitySpanId, MaskedEvents> Masks()
    {
        var events = new MaskedEvents();
        events.Add(1, "body", "__REDACTED__");
        events.Add(1, "texts", new[] { "[EMAIL]", "b" });
        return new() { [SpanId] = events };
    }

    private static async Task<byte[]> SendAsync(byte[] body, bool isGrpc, bool isCompressed, Dictionary<ActivitySpanId, MaskedEvents>? masks)
    {
        var wire = new Wire();
        using var client = new HttpMessageInvoker(new MaskingHandler(new SentMasks { Current = masks }) { InnerHandler = wire });
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://localhost/") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(isGrpc ? "application/grpc" : "application/x-protobuf");
        if (isCompressed && !isGrpc)
        {
            request.Content.Headers.ContentEncoding.Add("gzip");
        }

        using var response = await client.SendAsync(request, Token);
        return wire.Body;
    }

    private static byte[] Request(ActivitySpanId id)
    {
        var spanId = new byte[8];
        id.CopyTo(spanId);
        var span = Join(
            Field(2, spanId),
            [0x39, 1, 2, 3, 4, 5, 6, 7, 8],
            Field(11, Field(2, "kept"u8)),
            Field(11, Join(Field(2, "message"u8), Field(3, Attribute("body", "secret")), Field(3, Attribute("texts", "secret")), Field(3, Attribute("role", "kept")))));
        return Field(1, Field(2, Field(2, span)));
    }

    private static byte[] Attribute(string key, string value) => Join(Field(1, Encoding.UTF8.GetBytes(key)), Field(2, Field(1, Encoding.UTF8.GetBytes(value))));

    private static byte[] Field(int number, ReadOnlySpan<byte> content) => [(byte)((number << 3) | 2), .. Length(content.Length), .. content];

    private static byte[] Length(int length) => length < 0x80 ? [(byte)length] : [(byte)(length | 0x80), (byte)(length >> 7)];

    private static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(static part => part)];

    private static byte[] Wrap(byte[] message, bool isGrpc, bool isCompressed)
    {
        var content = isCompressed ? Compress(message) : message;
        if (!isGrpc)
        {
            return content;
        }

        byte[] frame = [isCompressed ? (byte)1 : (byte)0, 0, 0, 0, 0, .. content];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), content.Length);
        return frame;
    }

    private static byte[] Unwrap(byte[] body, bool isGrpc, bool isCompressed)
    {
        var content = isGrpc ? body[5..] : body;
        Assert.True(!isGrpc || BinaryPrimitives.ReadInt32BigEndian(body.AsSpan(1)) == content.Length);
        if (!isCompressed)
        {
            return content;
        }

        using var message = new MemoryStream();
        using var zipped = new GZipStream(new MemoryStream(content), CompressionMode.Decompress);
        zipped.CopyTo(message);
        return message.ToArray();
    }

    private static byte[] Compress(byte[] message)
    {
        using var content = new MemoryStream();
        using (var zipped = new GZipStream(content, CompressionMode.Compress))
        {
            zipped.Write(message);
        }

        return content.ToArray();
    }

    private sealed class Wire : HttpMessageHandler
    {
        public byte[] Body { get; private set; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
            return new HttpResponseMessage();
        }
    }
}
