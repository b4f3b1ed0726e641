using System.Text;
using AiObs.Http.Streams;
using AiObs.TestSupport;
using FsCheck.Fluent;

namespace AiObs.OpenAI.Tests.Streams;

public sealed class EventReaderTests
{
    [Theory]
    [InlineData("data: a\n\ndata: b\n\n", "a|b")]
    [InlineData("data:a\r\n\r\ndata: b\r\r", "a|b")]
    [InlineData("\uFEFFdata: a\n\n", "a")]
    [InlineData("event: x\nid: 7\nretry: 3\ndata: a\n\n", "a")]
    [InlineData(": comment\n\ndata: a\ndata: b\n\n", "a\nb")]
    [InlineData("data:  a\n\n", " a")]
    [InlineData("data\n\ndatab: x\n\n", "")]
    [InlineData("data:\n\n", "")]
    [InlineData("data: unfinished\n", "")]
    public void Read_Stream_TakesItsEvents(string stream, string events)
    {
        Assert.Equal(events, string.Join('|', Read(Encoding.UTF8.GetBytes(stream), pieces: [int.MaxValue])));
    }

    [Fact]
    public void Read_StreamCutAnywhere_TakesTheSameEvents()
    {
        var stream = "data: {\"a\":1}\r\n\r\n: x\n\ndata: é€😀\ndata: two\n\r\ndata: three\r\rdata: [DONE]\n\n"u8.ToArray();
        var whole = Read(stream, [int.MaxValue]);

        Fuzz.Check(Gen.Choose(1, 9).NonEmptyListOf(), pieces => Assert.Equal(whole, Read(stream, [.. pieces])));

        Assert.Equal(["{\"a\":1}", "é€😀\ntwo", "three", "[DONE]"], whole);
    }

    [Fact]
    public void Read_EventTooLong_IsLeftOutAndTheNextIsTaken()
    {
        List<string> events = [];
        var leftOut = 0;
        var reader = new EventReader(data => events.Add(Encoding.UTF8.GetString(data.Span)), () => leftOut++);
        var piece = new byte[1024 * 1024];
        Array.Fill(piece, (byte)'x');

        reader.Read("data: "u8);
        for (var length = 0; length <= EventReader.MaxLength; length += piece.Length)
        {
            reader.Read(piece);
        }

        var end = "\n\ndata: next\n\n"u8;
        reader.Read(end[reader.Read(end)..]);

        Assert.Equal((1, "next"), (leftOut, Assert.Single(events)));
    }

    [Theory]
    [InlineData("data: a\n\ndata: b\n\n", 9)]
    [InlineData("data: a\r\n\r\ndata: b\r\n\r\n", 11)]
    [InlineData("data: a\r\rdata: b\r\r", 9)]
    [InlineData(": comment\n\ndata: a\n\ndata: b\n\n", 20)]
    [InlineData("data: a\ndata: b", 15)]
    public void Read_SeveralEvents_StopsAfterTheFirst(string stream, int length)
    {
        var reader = new EventReader(static _ => { }, static () => { });

        Assert.Equal(length, reader.Read(Encoding.UTF8.GetBytes(stream)));
    }

    private static List<string> Read(byte[] stream, int[] pieces)
    {
        List<string> events = [];
        var reader = new EventReader(data => events.Add(Encoding.UTF8.GetString(data.Span)), static () => { });
        var rest = stream.AsSpan();
        for (var i = 0; !rest.IsEmpty; i++)
        {
            var taken = reader.Read(rest[..Math.Min(rest.Length, pieces[i % pieces.Length])]);

            // Never more than one event at a time.
            Assert.True(events.Count <= i + 1);
            rest = rest[taken..];
        }

        return events;
    }
}
