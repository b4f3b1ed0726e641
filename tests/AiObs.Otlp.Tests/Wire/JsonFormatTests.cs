using System.Text;
using AiObs.Otlp.Proto;
using AiObs.Otlp.Wire;
using Google.Protobuf;

namespace AiObs.Otlp.Tests.Wire;

public sealed class JsonFormatTests
{
    [Fact]
    public void Request_InTheMappingOfOtlp_IsThatInProtobuf()
    {
        var read = Read(
            """
            {"resourceSpans":[{
              "resource":{"attributes":[{"key":"service.name","value":{"stringValue":"agent-js"}}],"droppedAttributesCount":0},
              "schemaUrl":"ignored",
              "scopeSpans":[{"scope":{"name":"scope","version":"1"},"spans":[{
                "traceId":"0123456789ABCDEF0123456789abcdef","spanId":"0123456789abcdef","parentSpanId":"fedcba9876543210",
                "name":"n","kind":3,"flags":257,"startTimeUnixNano":"1764504000000000001","endTimeUnixNano":1764504000500000000,
                "attributes":[
                  {"key":"text","value":{"stringValue":"å"}},{"key":"flag","value":{"boolValue":true}},
                  {"key":"whole","value":{"intValue":"-9007199254740993"}},{"key":"whole2","value":{"intValue":7}},
                  {"key":"real","value":{"doubleValue":0.5}},{"key":"nan","value":{"doubleValue":"NaN"}},
                  {"key":"list","value":{"arrayValue":{"values":[{"stringValue":"a"},{"intValue":1}]}}},
                  {"key":"map","value":{"kvlistValue":{"values":[{"key":"k","value":{"boolValue":false}}]}}},
                  {"key":"bytes","value":{"bytesValue":"AQI="}},{"key":"none"},{"key":"empty","value":{}}],
                "events":[{"timeUnixNano":"1764504000100000000","name":"e","attributes":[{"key":"k","value":{"stringValue":"v"}}]}],
                "links":[{"traceId":"x"}],"status":{"code":2,"message":"m"},"unknown":{"a":[1]}}]}]}]}
            """);

        Assert.Equal(
            new TraceRequest
            {
                ResourceSpans =
                {
                    new ResourceSpans
                    {
                        Resource = new() { Attributes = { Requests.Attribute("service.name", "agent-js") } },
                        ScopeSpans =
                        {
                            new ScopeSpans
                            {
                                Scope = new() { Name = "scope" },
                                Spans =
                                {
                                    new Span
                                    {
                                        TraceId = ByteString.CopyFrom(Convert.FromHexString("0123456789ABCDEF0123456789ABCDEF")),
                                        SpanId = ByteString.CopyFrom(Convert.FromHexString("0123456789ABCDEF")),
                                        ParentSpanId = ByteString.CopyFrom(Convert.FromHexString("FEDCBA9876543210")),
                                        Name = "n",
                                        Kind = 3,
                                        Flags = 257,
                                        StartTimeUnixNano = 1764504000000000001,
                                        EndTimeUnixNano = 1764504000500000000,
                                        Attributes =
                                        {
                                            Requests.Attribute("text", "å"),
                                            Requests.Attribute("flag", true),
                                            Requests.Attribute("whole", -9007199254740993),
                                            Requests.Attribute("whole2", 7),
                                            Requests.Attribute("real", 0.5),
                                            Requests.Attribute("nan", double.NaN),
                                            Requests.Attribute("list", new object[] { "a", 1 }),
                                            Requests.Attribute("map", new Dictionary<string, object> { ["k"] = false }),
                                            Requests.Attribute("bytes", new byte[] { 1, 2 }),
                                            new KeyValue { Key = "none" },
                                            new KeyValue { Key = "empty", Value = new() },
                                        },
                                        Events = { new Event { TimeUnixNano = 1764504000100000000, Name = "e", Attributes = { Requests.Attribute("k", "v") } } },
                                        Status = new() { Code = 2, Message = "m" },
                                    },
                                },
                            },
                        },
                    },
                },
            },
            read);
    }

    [Theory]
    [InlineData("\"SPAN_KIND_CLIENT\"", 3)]
    [InlineData("\"SPAN_KIND_UNSPECIFIED\"", 0)]
    [InlineData("\"SPAN_KIND_NEW\"", 0)]
    [InlineData("\"CLIENT\"", 0)]
    [InlineData("4", 4)]
    [InlineData("null", 0)]
    [InlineData("{}", 0)]
    [InlineData("1e99", 0)]
    public void Enumeration_IsANumberOrAName(string kind, int expected) => Assert.Equal(expected, ReadSpan($"\"kind\":{kind}").Kind);

    [Theory]
    [InlineData("\"\"", 0)]
    [InlineData("null", 0)]
    [InlineData("\"0\"", 1)]
    [InlineData("\"zzzzzzzzzzzzzzzz\"", 1)]
    [InlineData("\"0102030405060708\"", 8)]
    [InlineData("\"AQIDBAUGBwg=\"", 1)]
    [InlineData("7", 1)]
    public void Id_ThatIsNotHexadecimal_HasALengthThatNoIdHas(string id, int length) => Assert.Equal(length, ReadSpan($"\"spanId\":{id}").SpanId.Length);

    [Theory]
    [InlineData("\"18446744073709551615\"", ulong.MaxValue)]
    [InlineData("\"-1\"", 0)]
    [InlineData("-1", 0)]
    [InlineData("1.5", 0)]
    [InlineData("\"soon\"", 0)]
    public void Time_ThatIsNone_Is0(string time, ulong expected) => Assert.Equal(expected, ReadSpan($"\"startTimeUnixNano\":{time}").StartTimeUnixNano);

    [Fact]
    public void Text_WithHalfACharacter_IsStillAText() => Assert.Equal("\\ud800", ReadSpan("\"name\":\"\\ud800\"").Name);

    [Fact]
    public void Answer_WithNothingToSay_IsAnEmptyObject() => Assert.Equal("{}", Encoding.UTF8.GetString(JsonFormat.Instance.Write(new TraceResponse())));

    [Fact]
    public void Answer_WithRejectedSpans_HasTheirNumberAsAText() => Assert.Equal(
        """{"partialSuccess":{"rejectedSpans":"3","errorMessage":"why"}}""",
        Encoding.UTF8.GetString(JsonFormat.Instance.Write(new TraceResponse { PartialSuccess = new() { RejectedSpans = 3, ErrorMessage = "why" } })));

    private static Span ReadSpan(string member) =>
        Read($$$"""{"resourceSpans":[{"scopeSpans":[{"spans":[{{{{member}}}}]}]}]}""").ResourceSpans[0].ScopeSpans[0].Spans[0];

    private static TraceRequest Read(string json)
    {
        using var body = new MemoryStream();
        body.Write(Encoding.UTF8.GetBytes(json));
        return JsonFormat.Instance.Read(body);
    }
}
