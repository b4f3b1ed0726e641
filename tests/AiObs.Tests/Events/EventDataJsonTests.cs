using System.Globalization;
using AiObs.Events;
using AiObs.TestSupport;
using FsCheck;
using FsCheck.Fluent;

namespace AiObs.Tests.Events;

public sealed class EventDataJsonTests
{
    private static readonly Config Quiet = Fuzz.Config();

    [Fact]
    public void Read_Wholes_AreTheSame() => Check.One(Quiet, Prop.ForAll<long>(AssertSame));

    [Fact]
    public void Read_Decimals_AreTheSame() => Check.One(Quiet, Prop.ForAll<decimal>(AssertSame));

    [Fact]
    public void Read_Doubles_AreTheSame() => Check.One(Quiet, Prop.ForAll<double>(number =>
    {
        if (double.IsFinite(number))
        {
            AssertSame(number);
        }
    }));

    [Fact]
    public void Read_Texts_AreTheSameUnlessHalfAPairIsInThem() => Check.One(Quiet, Prop.ForAll<string?>(text =>
        Assert.Equal(text is null ? null : new string([.. text.EnumerateRunes().SelectMany(static rune => rune.ToString())]), ReadBack(text))));

    public static TheoryData<object, object> ReadAsOthers => new()
    {
        { 5, 5L },
        { (byte)5, 5L },
        { ulong.MaxValue, 18446744073709551615m },
        { 0.1f, 0.1d },
        { 5m, 5m },
        { -0d, -0d },
        { double.NaN, "NaN" },
        { double.NegativeInfinity, "-Infinity" },
        { 'x', "x" },
        { DayOfWeek.Friday, "Friday" },
        { new Guid("0af76519-16cd-43dd-8448-eb211c80319c"), "0af76519-16cd-43dd-8448-eb211c80319c" },
        { TimeSpan.FromMilliseconds(1), "00:00:00.0010000" },
        { new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.FromHours(1)), "2026-01-31T12:00:00.0000000+01:00" },
        { new DateTime(2026, 1, 31, 12, 0, 0, DateTimeKind.Utc), "2026-01-31T12:00:00.0000000Z" },
        { new DateOnly(2026, 1, 31), "2026-01-31" },
    };

    [Theory]
    [MemberData(nameof(ReadAsOthers))]
    public void Read_OtherTypes_AreTheNextThatFits(object written, object read)
    {
        Assert.Equal(read, ReadBack(written));
        Assert.IsType(read.GetType(), ReadBack(written));
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    public void Write_OtherCulture_IsTheSame(string culture)
    {
        var current = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            Assert.Equal(
                """{"a":-1.50,"b":-0.5E0,"c":-7,"d":"2026-01-31"}""",
                EventDataJson.Write(new Dictionary<string, object?> { ["a"] = -1.50m, ["b"] = -0.5d, ["c"] = -7, ["d"] = new DateOnly(2026, 1, 31) }));
        }
        finally
        {
            CultureInfo.CurrentCulture = current;
        }
    }

    [Fact]
    public void Write_ListsAndDictionaries_AreNestedInTheirOrder() => Assert.Equal(
        """{"z":[1,"two",[null]],"a":{"y":{"x":true}},"texts":{"k":"v"},"empty":{}}""",
        EventDataJson.Write(new Dictionary<string, object?>
        {
            ["z"] = new object?[] { 1, "two", new object?[] { null } },
            ["a"] = new Dictionary<string, object?> { ["y"] = new Dictionary<string, object?> { ["x"] = true } },
            ["texts"] = new Dictionary<string, string> { ["k"] = "v" },
            ["empty"] = new Dictionary<string, object?>(),
        }));

    [Fact]
    public void Write_NestedInItself_StopsAtADepthThatCanBeRead()
    {
        var list = new List<object?>();
        list.Add(list);

        Assert.Contains("[too deep]", EventDataJson.Write(EventDataJson.Read(EventDataJson.Write(new Dictionary<string, object?> { ["list"] = list }))), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WhatWasRead_IsWrittenAlike()
    {
        const string Json = """{"a":1,"b":1.0,"c":1E0,"d":1E+300,"e":"\u001b\u0000","f":[{}],"g":null}""";

        Assert.Equal(Json, EventDataJson.Write(EventDataJson.Read(Json)), ignoreCase: true);
    }

    private static void AssertSame<T>(T value) => Assert.Equal(value, Assert.IsType<T>(ReadBack(value)));

    private static object? ReadBack(object? value) =>
        EventDataJson.Read(EventDataJson.Write(new Dictionary<string, object?> { ["value"] = value }))["value"];
}
