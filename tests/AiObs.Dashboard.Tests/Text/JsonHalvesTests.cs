using System.Text.Json;
using AiObs.Dashboard.Text;
using AiObs.TestSupport;

namespace AiObs.Dashboard.Tests.Text;

public sealed class JsonHalvesTests
{
    [Theory]
    [InlineData("""{"a":"b"}""", """{"a":"b"}""")]
    [InlineData("""["\ud83d\ude00","\uD83D\uDE00","😀"]""", """["\ud83d\ude00","\uD83D\uDE00","😀"]""")]
    [InlineData("""["cut \ud83d"]""", """["cut \ufffd"]""")]
    [InlineData("""["\ude00\ud83d","\ud83d\ud83d\ude00"]""", """["\ufffd\ufffd","\ufffd\ud83d\ude00"]""")]
    [InlineData("""["\\ud83d","\\\ud83d"]""", """["\\ud83d","\\\ufffd"]""")]
    [InlineData("""["\ud8""", """["\ud8""")]
    [InlineData("""["\ud83d\""", """["\ufffd\""")]
    public void Halves_AreReplaced_AndNothingElse(string json, string expected) => Assert.Equal(expected, JsonHalves.Repair(json));

    [Fact]
    public void Halves_ThatAreWrittenAsTheyAre_AreReplaced() =>
        Assert.Equal("""["\ufffd","\ufffd"]""", JsonHalves.Repair("[\"\uD83D\",\"\uDE00\"]"));

    [Fact]
    public void Json_OfAnybody_CanBeReadToItsEnd() => Fuzz.Check(HostileJson.Document, static json =>
    {
        using var document = JsonDocument.Parse(JsonHalves.Repair(json), new JsonDocumentOptions { MaxDepth = 1_000 });
        using var writer = new Utf8JsonWriter(Stream.Null, new JsonWriterOptions { MaxDepth = 1_000 });
        document.WriteTo(writer);
    });
}
