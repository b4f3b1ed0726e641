using System.Collections;
using System.Text.Json.Serialization;
using AiObs.Operations.Content;
using Microsoft.Extensions.Time.Testing;

namespace AiObs.Tests.Operations.Content;

public sealed class ValueJsonTests
{
    [Fact]
    public void Write_Object_HasItsMembersAsJsonNamesThem() => Assert.Equal(
        """{"city":"Rome","days":[{"day":"Friday","degrees":"NaN"}],"kind":7}""",
        ValueJson.Write(new Forecast("Rome", [new(DayOfWeek.Friday, double.NaN)])));

    [Fact]
    public void Write_ThrowingGetter_CostsThatMemberAlone() =>
        Assert.Equal("""{"first":1,"broken":"[unreadable]","last":2}""", ValueJson.Write(new Broken()));

    [Fact]
    public void Write_Cycle_SaysSoWhereItCloses()
    {
        var node = new Node { Name = "a" };
        node.Next = new Node { Name = "b", Next = node };
        var list = new List<object?>();
        list.Add(list);

        Assert.Equal("""{"name":"a","next":{"name":"b","next":"[contains itself]"}}""", ValueJson.Write(node));
        Assert.Equal("""["[contains itself]"]""", ValueJson.Write(list));
    }

    [Fact]
    public void Write_DeeperThanReadersTake_SaysSo()
    {
        object? value = null;
        for (var i = 0; i < 1_000; i++)
        {
            value = new List<object?> { value };
        }

        Assert.Equal(
            new string('[', ValueWriter.MaxDepth) + "\"[too deep]\"" + new string(']', ValueWriter.MaxDepth), ValueJson.Write(value));
    }

    [Fact]
    public void Write_MoreElementsThanAreRecorded_SaysThatThereAreMore()
    {
        var json = ValueJson.Write(new object[] { Enumerable.Repeat(1, 20_000).ToList(), "unseen" });

        Assert.Equal($"[[{string.Concat(Enumerable.Repeat("1,", ValueWriter.MaxElements - 1))}\"[… and more]\"],\"[… and more]\"]", json);
    }

    [Fact]
    public void Write_LongerThanIsRecorded_SaysThatThereIsMore()
    {
        var text = new string('x', 3_000_000);

        Assert.Equal($"[\"{text}\",\"{text}\",\"[… and more]\"]", ValueJson.Write(new[] { text, text, text }));
    }

    [Fact]
    public void Write_CollectionWithoutEnd_EndsAtTheLimit() =>
        Assert.EndsWith(""","[… and more]"]""", ValueJson.Write(new EndlessCollection()), StringComparison.Ordinal);

    [Fact]
    public void Write_CollectionThatThrows_HasWhatCameBefore()
    {
        Assert.Equal("""["a","[unreadable]"]""", ValueJson.Write(new ThrowingCollection()));
        Assert.Equal("""{"a":1,"…":"[unreadable]"}""", ValueJson.WriteObject(ThrowingMembers()));
    }

    [Fact]
    public void Write_SlowGetters_EndsInTime()
    {
        var clock = new FakeTimeProvider();

        var json = ValueJson.Write(Enumerable.Range(0, 1_000).Select(_ => new Slow(clock)).ToList(), clock);

        Assert.Equal($$"""[{{string.Concat(Enumerable.Repeat("""{"value":1},""", 49))}}{"…":"[… and more]"},"[… and more]"]""", json);
    }

    [Fact]
    public void Write_AsyncSequence_IsNotRead() =>
        Assert.StartsWith("\"[unserializable AiObs.Tests.Operations.Content.ValueJsonTests", ValueJson.Write(Numbers()), StringComparison.Ordinal);

    [Fact]
    public void Write_ConverterThatNeverEnds_IsCutOff() =>
        Assert.Equal("\"[unserializable AiObs.Tests.Operations.Content.ValueJsonTests+Endless]\"", ValueJson.Write(new Endless()));

#pragma warning disable CS1998 // Nothing is awaited.
    private static async IAsyncEnumerable<int> Numbers()
    {
        Assert.Fail("It was read.");
        yield return 1;
    }
#pragma warning restore CS1998

    private static IEnumerable<KeyValuePair<string, object?>> ThrowingMembers()
    {
        yield return new("a", 1);
        throw new InvalidOperationException();
    }

#pragma warning disable CA1822 // Members of instances are what is read.
    private sealed record Forecast(string City, IReadOnlyList<Day> Days)
    {
        [JsonConverter(typeof(JsonNumberEnumConverter<DayOfWeek>))]
        public DayOfWeek Kind => (DayOfWeek)7;

        [JsonIgnore]
        public string Hidden => throw new InvalidOperationException();

        public string? Absent => null;
    }

    private sealed record Day([property: JsonPropertyName("day")] DayOfWeek OfWeek, double Degrees);

    private sealed class Broken
    {
        public int First => 1;

        [JsonPropertyName("broken")]
        public int Second => throw new InvalidOperationException();

        public int Last => 2;
    }

    private sealed class Slow(FakeTimeProvider clock)
    {
        public int Value
        {
            get
            {
                clock.Advance(TimeSpan.FromMilliseconds(20));
                return 1;
            }
        }
    }
#pragma warning restore CA1822

    private sealed class Node
    {
        public required string Name { get; init; }

        public Node? Next { get; set; }
    }

    private sealed class EndlessCollection : IReadOnlyCollection<string>
    {
        public int Count => 1;

        public IEnumerator<string> GetEnumerator()
        {
            while (true)
            {
                yield return "x";
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class ThrowingCollection : IReadOnlyCollection<string>
    {
        public int Count => 2;

        public IEnumerator<string> GetEnumerator()
        {
            yield return "a";
            throw new InvalidOperationException();
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    [JsonConverter(typeof(EndlessConverter))]
    private sealed class Endless;

    private sealed class EndlessConverter : JsonConverter<Endless>
    {
        public override Endless Read(ref System.Text.Json.Utf8JsonReader reader, Type typeToConvert, System.Text.Json.JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(System.Text.Json.Utf8JsonWriter writer, Endless value, System.Text.Json.JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            while (true)
            {
                writer.WriteStringValue("x");
            }
        }
    }
}
