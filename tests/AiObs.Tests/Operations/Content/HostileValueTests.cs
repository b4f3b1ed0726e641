using System.Text.Json;
using System.Text.Json.Serialization;
using AiObs.Operations.Content;
using AiObs.TestSupport;

namespace AiObs.Tests.Operations.Content;

/// <summary>Whatever values do when they are read, what is written of them is JSON, comes at once, and shows no more than JSON would.</summary>
public sealed class HostileValueTests
{
    public static TheoryData<string, object?, string> Values => new()
    {
        { "element of a document that is gone", Gone(), "\"[unserializable System.Text.Json.JsonElement]\"" },
        { "such an element in objects in a list", new object[] { new { a = Gone(), b = 1 } }, """[{"a":"[unserializable System.Text.Json.JsonElement]","b":1}]""" },
        { "such an element in a dictionary", new Dictionary<string, object?> { ["a"] = Gone(), ["b"] = 1 }, """{"a":"[unserializable System.Text.Json.JsonElement]","b":1}""" },
        { "such an element as a key", new Dictionary<object, int> { [Gone()] = 1 }, """{"[unserializable System.Text.Json.JsonElement]":1}""" },
        { "members without a name", new List<KeyValuePair<string, object?>> { new(null!, 1), new("b", 2) }, """{"":1,"b":2}""" },
        { "member of a type whose base has a converter", new Account(new ApiKey("CANARY", "CANARY")), """{"key":"***"}""" },
        { "list of those", new[] { new Account(new ApiKey("CANARY", "CANARY")) }, """[{"key":"***"}]""" },
        { "member that may be missing, with a converter", new Optional(DayOfWeek.Monday), """{"day":"Monday"}""" },
        { "throwing member with a converter", new Failing(), """{"day":"[unreadable]"}""" },
        { "type", typeof(string), "\"[unserializable System.RuntimeType]\"" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Write_Value_IsJson(string name, object? value, string expected)
    {
        Assert.NotEmpty(name);
        Assert.Equal(expected, ValueJson.Write(value));
    }

    [Fact]
    public async Task Write_ValueTaskThatRuns_DoesNotWaitForIt()
    {
        var source = new TaskCompletionSource<string>();
        var writing = Task.Run(() => ValueJson.Write(new { answer = new ValueTask<string>(source.Task) }));

        var json = await writing.WaitAsync(HangGuard.Limit, TestContext.Current.CancellationToken);

        Assert.StartsWith("{\"answer\":\"[unserializable System.Threading.Tasks.ValueTask`1[", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Exception_LeavesOutWhatIsKnownOfItsCode()
    {
        using var document = JsonDocument.Parse(ValueJson.Write(Thrown()));

        Assert.Equal("gone", document.RootElement.GetProperty("message").GetString());
        Assert.StartsWith("[unserializable System.Reflection.", document.RootElement.GetProperty("targetSite").GetString(), StringComparison.Ordinal);
    }

    private static JsonElement Gone()
    {
        using var document = JsonDocument.Parse("""{"a":1}""");
        return document.RootElement;
    }

    private static InvalidOperationException Thrown()
    {
        try
        {
            throw new InvalidOperationException("gone");
        }
        catch (InvalidOperationException exception)
        {
            return exception;
        }
    }

    private sealed record Account(Secret Key);

    [JsonConverter(typeof(StarsConverter))]
    private record Secret(string Value);

    private sealed record ApiKey(string Value, string Scope) : Secret(Value);

    private sealed record Optional([property: JsonConverter(typeof(JsonStringEnumConverter<DayOfWeek>))] DayOfWeek? Day);

#pragma warning disable CA1822 // Members of instances are what is read.
    private sealed class Failing
    {
        [JsonConverter(typeof(JsonStringEnumConverter<DayOfWeek>))]
        public DayOfWeek Day => throw new InvalidOperationException();
    }
#pragma warning restore CA1822

    private sealed class StarsConverter : JsonConverter<Secret>
    {
        public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) => writer.WriteStringValue("***");
    }
}
