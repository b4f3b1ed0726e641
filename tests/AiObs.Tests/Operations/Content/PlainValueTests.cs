using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using AiObs.Operations.Content;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Operations.Content;

/// <summary>Values that are written without reflection; <see cref="ReflectionFreeTests"/> runs these tests in a process that has none.</summary>
public sealed class PlainValueTests
{
    private static readonly Dictionary<string, (object? Value, string Json)> Cases = new()
    {
        ["null"] = (null, "null"),
        ["text"] = ("a \"b\" ä", "\"a \\\"b\\\" ä\""),
        ["bool"] = (true, "true"),
        ["character"] = ('x', "\"x\""),
        ["integer"] = (-7, "-7"),
        ["byte"] = ((byte)7, "7"),
        ["unsigned"] = (ulong.MaxValue, "18446744073709551615"),
        ["decimal"] = (1.50m, "1.50"),
        ["double"] = (0.1, "0.1"),
        ["float"] = (0.1f, "0.1"),
        ["not a number"] = (double.NaN, "\"NaN\""),
        ["infinity"] = (float.NegativeInfinity, "\"-Infinity\""),
        ["guid"] = (Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"), "\"0f8fad5b-d9cb-469f-a165-70867728950e\""),
        ["enumeration"] = (DayOfWeek.Friday, "\"Friday\""),
        ["flags"] = (FileAttributes.Hidden | FileAttributes.System, "\"Hidden, System\""),
        ["date"] = (new DateOnly(2026, 11, 30), "\"2026-11-30\""),
        ["time of day"] = (new TimeOnly(1, 2, 3), "\"01:02:03\""),
        ["duration"] = (TimeSpan.FromSeconds(90.5), "\"00:01:30.5000000\""),
        ["time"] = (new DateTime(2026, 11, 30, 1, 2, 3, DateTimeKind.Utc), "\"2026-11-30T01:02:03Z\""),
        ["time with offset"] = (new DateTimeOffset(2026, 11, 30, 1, 2, 3, TimeSpan.FromHours(2)), "\"2026-11-30T01:02:03+02:00\""),
        ["version"] = (new Version(1, 2, 3), "\"1.2.3\""),
        ["address"] = (new Uri("https://x.test/a?b=ä"), "\"https://x.test/a?b=ä\""),
        ["bytes"] = (new byte[] { 0, 255 }, "\"AP8=\""),
        ["texts"] = (new[] { "a", null }, """["a",null]"""),
        ["list"] = (new List<int> { 1, 2 }, "[1,2]"),
        ["immutable"] = (ImmutableArray.Create(1.5, 2), "[1.5,2]"),
        ["set"] = (new HashSet<Guid> { Guid.Empty }, "[\"00000000-0000-0000-0000-000000000000\"]"),
        ["dictionary"] = (new Dictionary<string, int> { ["a"] = 1 }, """{"a":1}"""),
        ["dictionary by number"] = (new Dictionary<int, string> { [1] = "a" }, """{"1":"a"}"""),
        ["dictionary by enumeration"] = (new Dictionary<DayOfWeek, bool> { [DayOfWeek.Friday] = true }, """{"Friday":true}"""),
        ["dictionary by guid"] = (new Dictionary<Guid, bool> { [Guid.Empty] = true }, """{"00000000-0000-0000-0000-000000000000":true}"""),
        ["nested"] = (
            new Dictionary<string, object?>
            {
                ["days"] = new Dictionary<string, List<DateOnly>> { ["off"] = [new(2026, 12, 24)] },
                ["more"] = new object?[] { TimeSpan.Zero, new AdditionalPropertiesDictionary { ["id"] = Guid.Empty } },
            },
            """{"days":{"off":["2026-12-24"]},"more":["00:00:00",{"id":"00000000-0000-0000-0000-000000000000"}]}"""),
        ["element"] = (JsonElement.Parse("""{ "a": [1.0, null] }"""), """{"a":[1.0,null]}"""),
        ["node"] = (JsonNode.Parse("""{ "a": [1.0, null] }"""), """{"a":[1.0,null]}"""),
        ["running task"] = (new TaskCompletionSource<string>().Task, "\"[task, running]\""),
        ["ended task"] = (Task.FromResult("secret"), "\"[task, ended]\""),
        ["stream"] = (new MemoryStream(), "\"[unserializable System.IO.MemoryStream]\""),
        ["function"] = ((Action)(static () => { }), "\"[unserializable System.Action]\""),
        ["lazy sequence"] = (Endless(), "\"[sequence, not read]\""),
        ["list of odd things"] = (new object[] { Endless(), Task.CompletedTask }, """["[sequence, not read]","[task, ended]"]"""),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Write_Value_IsTheSameWithAndWithoutReflection(string name) => Assert.Equal(Cases[name].Json, ValueJson.Write(Cases[name].Value));

    private static IEnumerable<int> Endless()
    {
        while (true)
        {
            yield return 1;
        }
    }
}
