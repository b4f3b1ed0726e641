using System.Buffers;
using System.Text;
using System.Text.Json;
using AiObs.Events;
using AiObs.TestSupport;
using FsCheck;
using FsCheck.Fluent;

namespace AiObs.Tests.Events;

/// <summary>Whatever stands in an event or in a file of events: writing makes one line, reading makes an event or nothing.</summary>
public sealed class AgentEventJsonProperties
{
    private static readonly Gen<string> Lines =
        from data in HostileJson.Map
        from content in HostileJson.Document
        from id in Gen.Elements("\"0af76519-16cd-43dd-8448-eb211c80319c\"", "\"x\"", "null", "1", "{}")
        from time in Gen.Elements("\"2026-01-31T12:00:00Z\"", "\"0001-01-01T00:00:00+14:00\"", "\"9999-12-31T23:59:59-14:00\"", "\"now\"", "null", "1e400")
        from type in Gen.Elements("\"sample\"", "null", "\"\\ud800\"", "7")
        select $$"""{"id":{{id}},"time":{{time}},"type":{{type}},"user_id":{{content}},"data":{{data}},"content":{{content}}}""";

    private static readonly Gen<AgentEvent> Events =
        from texts in HostileText.Optional.ListOf(6)
        from name in HostileText.Any
        from content in Gen.Frequency((1, HostileText.Optional), (2, HostileJson.Document.Select(static json => (string?)json)))
        select new AgentEvent
        {
            Id = Guid.NewGuid(),
            Time = DateTimeOffset.MaxValue,
            Type = texts[0] ?? "",
            UserId = texts[1],
            ConversationId = texts[2],
            Data = new Dictionary<string, object?> { [name] = texts[3], ["more"] = new object?[] { texts[4], double.NegativeInfinity } },
            Content = content,
        };

    [Fact]
    public void Read_AnyBytes_IsAnEventOrNothing() => Fuzz.Check(
        HostileJson.Bytes(Lines),
        static line =>
        {
            if (AgentEventJson.Read(line) is { } item)
            {
                Assert.NotNull(item.Type);
                Assert.NotNull(item.Data);
            }
        },
        cases: 500);

    [Fact]
    public void Write_AnyEvent_IsOneLineThatIsReadBack() => Fuzz.Check(Events, static item =>
    {
        var line = Written(item);

        Assert.DoesNotContain(Encoding.UTF8.GetString(line), static character => character is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029');
        var read = Assert.IsType<AgentEvent>(AgentEventJson.Read(line));
        Assert.Equal((item.Id, item.Time), (read.Id, read.Time));
        Assert.Equal(item.Content is null, read.Content is null);
        if (read.Content is not null)
        {
            JsonDocument.Parse(read.Content).Dispose();
        }
    });

    private static byte[] Written(AgentEvent item)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, AgentEventJson.Compact))
        {
            AgentEventJson.Write(writer, item);
        }

        return bytes.WrittenSpan.ToArray();
    }
}
