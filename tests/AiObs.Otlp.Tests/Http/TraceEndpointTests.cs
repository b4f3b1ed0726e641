using System.Net;
using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using AiObs.Otlp.Proto;
using AiObs.Store;
using Google.Protobuf;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiObs.Otlp.Tests.Http;

public sealed class TraceEndpointTests
{
    private const int MaxLength = 4 << 20;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("identity")]
    [InlineData("gzip")]
    public async Task Body_PlainOrCompressed_IsTaken(string? encoding)
    {
        await using var host = await ReceiverHost.StartAsync();
        var body = Requests.Of(Requests.Span(1, "s")).ToByteArray();

        using var response = await host.SendAsync(encoding == "gzip" ? ReceiverHost.Compress(body) : body, ReceiverHost.Protobuf, encoding);

        Assert.Equal((HttpStatusCode.OK, "application/x-protobuf", ""), await AnswerAsync(response));
        Assert.Equal("s", (await host.SpanAsync()).Name);
    }

    [Fact]
    public async Task EmptyRequests_AreFine()
    {
        await using var host = await ReceiverHost.StartAsync();

        using var protobuf = await host.SendAsync([], ReceiverHost.Protobuf);
        using var json = await host.SendAsync("{}");

        Assert.Equal((HttpStatusCode.OK, "application/x-protobuf", ""), await AnswerAsync(protobuf));
        Assert.Equal((HttpStatusCode.OK, "application/json", "{}"), await AnswerAsync(json));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/grpc")]
    [InlineData("application/")]
    [InlineData("")]
    public async Task ContentTypeThatIsNone_Is415(string contentType)
    {
        await using var host = await ReceiverHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, (Uri?)null) { Content = new ByteArrayContent([]) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        using var response = await host.Client.SendAsync(request, Token);

        Assert.Equal(
            (HttpStatusCode.UnsupportedMediaType, "text/plain", "The content type has to be application/x-protobuf or application/json."), await AnswerAsync(response));
    }

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("Application/JSON")]
    public async Task ContentTypeInOtherWords_IsTaken(string contentType)
    {
        await using var host = await ReceiverHost.StartAsync();

        using var response = await host.SendAsync(Encoding.UTF8.GetBytes("{}"), contentType);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task ContentEncodingThatIsNone_Is415()
    {
        await using var host = await ReceiverHost.StartAsync();

        using var response = await host.SendAsync([1, 2], ReceiverHost.Json, "br");

        Assert.Equal(
            (HttpStatusCode.UnsupportedMediaType, "application/json", """{"code":3,"message":"The content encoding has to be gzip, or none."}"""), await AnswerAsync(response));
    }

    [Fact]
    public async Task BodyThatIsNotCompressedAsItSays_Is400()
    {
        await using var host = await ReceiverHost.StartAsync();

        using var response = await host.SendAsync(Encoding.UTF8.GetBytes("{}"), ReceiverHost.Json, "gzip");

        Assert.Equal(
            (HttpStatusCode.BadRequest, "application/json", """{"code":3,"message":"The body is not compressed by gzip, as its content encoding says."}"""), await AnswerAsync(response));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"resourceSpans":{}}""")]
    [InlineData("""{"resourceSpans":[1]}""")]
    [InlineData("""{"resourceSpans":[{"scopeSpans":[{"spans":["x"]}]}]}""")]
    [InlineData("""{"resourceSpans":[{"resource":[]}]}""")]
    [InlineData("""{"resourceSpans":[{"scopeSpans":[{"spans":[{"attributes":[{"key":"k","value":"v"}]}]}]}]}""")]
    public async Task MalformedJson_Is400AndSaysSoInJson(string body)
    {
        await using var host = await ReceiverHost.StartAsync();

        using var response = await host.SendAsync(body);

        var (status, contentType, answer) = await AnswerAsync(response);
        Assert.Equal((HttpStatusCode.BadRequest, "application/json"), (status, contentType));
        Assert.StartsWith("""{"code":3,"message":"The body is no """, answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0x0A, 0x7F, 0x00 })]
    [InlineData(new byte[] { 0x0A, 0x02, 0x12, 0x05 })]
    public async Task MalformedProtobuf_Is400AndSaysSoInProtobuf(byte[] body)
    {
        await using var host = await ReceiverHost.StartAsync();

        using var response = await host.SendAsync(body, ReceiverHost.Protobuf);

        Assert.Equal((HttpStatusCode.BadRequest, "application/x-protobuf"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Equal(
            new RpcStatus { Code = 3, Message = "The body is no ExportTraceServiceRequest in protobuf, or nests deeper than 32 messages." },
            RpcStatus.Parser.ParseFrom(await response.Content.ReadAsByteArrayAsync(Token)));
    }

    [Theory]
    [InlineData(13, HttpStatusCode.OK)]
    [InlineData(14, HttpStatusCode.BadRequest)]
    public async Task ListsInLists_AsDeepAsAllowed_AreTakenInBothEncodings(int depth, HttpStatusCode expected)
    {
        await using var host = await ReceiverHost.StartAsync();
        object value = "x";
        var json = """{"stringValue":"x"}""";
        for (var i = 0; i < depth; i++)
        {
            value = new[] { value };
            json = $$$"""{"arrayValue":{"values":[{{{json}}}]}}""";
        }

        using var protobuf = await host.SendAsync(Requests.Of(Requests.Span(1, "s", ("openinference.project.name", value))));
        using var inJson = await host.SendAsync(
            $$$"""{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"00000000000000000000000000000002","spanId":"0000000000000001","startTimeUnixNano":"1","attributes":[{"key":"openinference.project.name","value":{{{json}}}}]}]}]}]}""");

        Assert.Equal((expected, expected), (protobuf.StatusCode, inJson.StatusCode));
        Assert.Equal(expected == HttpStatusCode.OK ? 2 : 0, (await host.SpansAsync()).Count);
    }

    [Theory]
    [InlineData(0, HttpStatusCode.OK)]
    [InlineData(1, HttpStatusCode.RequestEntityTooLarge)]
    public async Task Body_UpTo4MiB_IsTakenAndNoMore(int beyond, HttpStatusCode expected)
    {
        await using var host = await ReceiverHost.StartAsync();
        var body = Encoding.UTF8.GetBytes("{}".PadRight(MaxLength + beyond));

        using var plain = await host.SendAsync(body, ReceiverHost.Json);
        using var compressed = await host.SendAsync(ReceiverHost.Compress(body), ReceiverHost.Json, "gzip");

        Assert.Equal((expected, expected), (plain.StatusCode, compressed.StatusCode));
    }

    [Fact]
    public async Task BodyOfUnknownLength_BeyondTheLimit_Is413()
    {
        await using var host = await ReceiverHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, (Uri?)null) { Content = new StreamContent(new MemoryStream(new byte[MaxLength + 1])) };
        request.Content.Headers.ContentType = new(ReceiverHost.Json);
        request.Headers.TransferEncodingChunked = true;

        using var response = await host.Client.SendAsync(request, Token);

        Assert.Equal(
            (HttpStatusCode.RequestEntityTooLarge, "application/json", """{"code":8,"message":"The body is larger than 4 MiB. Send fewer spans at once."}"""), await AnswerAsync(response));
    }

    [Fact]
    public async Task BodyThatInflatesToNothing_ButIsLarge_Is413()
    {
        await using var host = await ReceiverHost.StartAsync();
        byte[] nothing = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        var many = Enumerable.Repeat(nothing, (MaxLength / nothing.Length) + 1).SelectMany(static part => part).ToArray();
        using var request = new HttpRequestMessage(HttpMethod.Post, (Uri?)null) { Content = new StreamContent(new MemoryStream(many)) };
        request.Content.Headers.ContentType = new(ReceiverHost.Json);
        request.Content.Headers.ContentEncoding.Add("gzip");
        request.Headers.TransferEncodingChunked = true;

        using var response = await host.Client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task SpansThatAreWrong_AreToldAndDoNotLoseTheOthers()
    {
        await using var host = await ReceiverHost.StartAsync();
        var wrong = Enumerable.Range(1, 6).Select(static number => Requests.Span(number, "wrong")).ToArray();
        wrong[0].TraceId = ByteString.Empty;
        wrong[1].TraceId = ByteString.CopyFrom(new byte[16]);
        wrong[2].SpanId = ByteString.CopyFrom(new byte[7]);
        wrong[3].ParentSpanId = ByteString.CopyFrom(new byte[8]);
        wrong[4].StartTimeUnixNano = 0;
        wrong[5].ParentSpanId = ByteString.CopyFrom(1, 2, 3);

        using var response = await host.SendAsync(Requests.Of([.. wrong, Requests.Span(9, "right")]));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(
            new TraceResponse
            {
                PartialSuccess = new()
                {
                    RejectedSpans = 6,
                    ErrorMessage = "2 of the spans: a parent span id is not 8 bytes that are not all zero. 1 of the spans: a span has no start time. "
                        + "1 of the spans: a span id is not 8 bytes that are not all zero. 2 of the spans: a trace id is not 16 bytes that are not all zero.",
                },
            },
            TraceResponse.Parser.ParseFrom(await response.Content.ReadAsByteArrayAsync(Token)));
        Assert.Equal("right", (await host.SpanAsync()).Name);
    }

    [Fact]
    public async Task SpansThatAreTooMuch_AreTakenWithoutTheRestAndTheSenderIsTold()
    {
        await using var host = await ReceiverHost.StartAsync();
        var large = Requests.Span(1, new string('n', 600), [("service.long", new string('x', 20_000)), (new string('k', 257), "x"), .. Enumerable.Range(0, 1_100).Select(static i => ($"service.{i}", (object)i))]);

        using var response = await host.SendAsync(Requests.Of(large));

        var partial = TraceResponse.Parser.ParseFrom(await response.Content.ReadAsByteArrayAsync(Token)).PartialSuccess;
        Assert.Equal(
            (0L, "Of some spans a part was left out: at most 1,024 attributes with keys of 256 and values of 16,384 characters or 1,024 items are kept, 1,024 events, and 128 attributes of an event."),
            (partial.RejectedSpans, partial.ErrorMessage));
        var span = await host.SpanAsync();
        var lines = Kept.Of(span).Split('\n');
        Assert.Equal((512, 1_024), (span.Name.Length, lines.Length));
        Assert.Contains($"service.long = \"{new string('x', 16_384)}\"", lines);
    }

    [Fact]
    public async Task ResourceThatIsTooMuch_IsCutAndTheSenderIsTold()
    {
        await using var host = await ReceiverHost.StartAsync();
        var request = Requests.Of(Requests.Span(1, "s"));
        request.ResourceSpans[0].Resource.Attributes.AddRange(Enumerable.Range(1, 40).Select(static number => Requests.Attribute($"service.{number}", number)));

        using var response = await host.SendAsync(request);

        var partial = TraceResponse.Parser.ParseFrom(await response.Content.ReadAsByteArrayAsync(Token)).PartialSuccess;
        Assert.Equal((0L, "Of a resource a part was left out: at most 32 attributes are kept."), (partial.RejectedSpans, partial.ErrorMessage));
        Assert.Equal(32, Kept.Of(await host.SpanAsync()).Split('\n').Count(static line => line.StartsWith("service.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task QueueThatIsFull_Is429AndLaterTaken()
    {
        var store = new WaitingStore();
        await using var host = await ReceiverHost.StartAsync(services: services =>
        {
            services.AddSingleton<ITraceStore>(store);
            services.Configure<TraceOptions>(static o => o.QueueCapacity = 2);
        });
        await host.TakeAsync(Requests.Span(1, "s"));

        using var refused = await host.SendAsync("""{"resourceSpans":[{"scopeSpans":[{"spans":[SPAN,SPAN]}]}]}""".Replace("SPAN", """{"traceId":"00000000000000000000000000000001","spanId":"0000000000000002","startTimeUnixNano":"1"}""", StringComparison.Ordinal));
        store.GoOn();
        await host.Observability.FlushTracesAsync(Token);
        await host.TakeAsync(Requests.Span(2, "s"), Requests.Span(3, "s"));

        Assert.Equal(
            (HttpStatusCode.TooManyRequests, "application/json", """{"code":8,"message":"Too many spans wait to be stored. Send these again later."}"""), await AnswerAsync(refused));
        Assert.Equal(TimeSpan.FromSeconds(5), refused.Headers.RetryAfter?.Delta);
        Assert.Equal(3, (await host.SpansAsync()).Count);
    }

    [Fact]
    public async Task RootThatIsSwitchedOff_RejectsAll()
    {
        await using var host = await ReceiverHost.StartAsync(static o => o.Enabled = false);

        using var response = await host.SendAsync(Requests.Of(Requests.Span(1, "s")));

        Assert.Equal(
            new TraceResponse { PartialSuccess = new() { RejectedSpans = 1, ErrorMessage = "1 of the spans: agent observability is switched off here." } },
            TraceResponse.Parser.ParseFrom(await response.Content.ReadAsByteArrayAsync(Token)));
        Assert.Empty(await host.SpansAsync());
    }

    [Theory]
    [InlineData("Host", "rebound.example")]
    [InlineData("X-Forwarded-For", "10.0.0.7")]
    public async Task NotOfThisMachine_Is403AndNamesTheLineToWrite(string header, string value)
    {
        await using var host = await ReceiverHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, (Uri?)null) { Content = new ByteArrayContent(Requests.Of(Requests.Span(1, "s")).ToByteArray()) };
        request.Content.Headers.ContentType = new(ReceiverHost.Protobuf);
        request.Headers.TryAddWithoutValidation(header, value);

        using var response = await host.Client.SendAsync(request, Token);

        Assert.Equal(
            (HttpStatusCode.Forbidden, "text/plain", "Only this machine may send spans here, by the name localhost and through no proxy. To let others in, authorize the endpoint: app.MapAgentObservabilityOtlp(…).RequireAuthorization(…)."),
            await AnswerAsync(response));
        Assert.Empty(await host.SpansAsync());
    }

    [Theory]
    [InlineData("10.0.0.7", null, HttpStatusCode.Unauthorized)]
    [InlineData("10.0.0.7", "guest", HttpStatusCode.Forbidden)]
    [InlineData("10.0.0.7", "ingest", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", null, HttpStatusCode.Unauthorized)]
    public async Task AuthorizedEndpoint_DecidesAlone(string address, string? role, HttpStatusCode expected)
    {
        await using var host = await ReceiverHost.StartAsync(
            services: static services =>
            {
                services.AddAuthentication(Roles.Scheme).AddScheme<AuthenticationSchemeOptions, Roles>(Roles.Scheme, configureOptions: null);
                services.AddAuthorization(static o => o.AddPolicy("ingest", static policy => policy.RequireRole("ingest")));
            },
            use: app => app.Use((HttpContext context, RequestDelegate next) =>
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse(address);
                return next(context);
            }),
            endpoint: static endpoint => endpoint.RequireAuthorization("ingest"));
        host.Client.DefaultRequestHeaders.Add("Role", role);

        using var response = await host.SendAsync("{}");

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task AddressOfAnotherMachine_WithoutAuthorization_Is403()
    {
        await using var host = await ReceiverHost.StartAsync(use: static app => app.Use(static (HttpContext context, RequestDelegate next) =>
        {
            context.Connection.RemoteIpAddress = IPAddress.Parse("10.0.0.7");
            return next(context);
        }));

        using var response = await host.SendAsync("{}");

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    private static async Task<(HttpStatusCode Status, string? ContentType, string Body)> AnswerAsync(HttpResponseMessage response) =>
        (response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync(Token));

    /// <summary>Has the role that a request says.</summary>
    private sealed class Roles(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        public new const string Scheme = "roles";

        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Request.Headers["Role"].ToString() is { Length: > 0 } role
            ? AuthenticateResult.Success(new(new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.Role, role)], Scheme)), Scheme))
            : AuthenticateResult.NoResult());
    }
}
