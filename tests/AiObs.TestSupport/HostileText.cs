using FsCheck;
using FsCheck.Fluent;

namespace AiObs.TestSupport;

/// <summary>Texts of somebody who wants to break what reads them: they end lines, quotes, cells, statements and documents, and command terminals.</summary>
public static class HostileText
{
    private static readonly string[] Pieces =
    [
        "", " ", "a", "Oslo", "ÅÄÖ", "日本", "😀", "\n", "\r\n", "\t", "\0", "\u0001", "\u001b[31m", "\u001b]0;title\u0007", "\u009b2J", "\u007f",
        "\u0085", "\u2028", "\u2029", "\u202e", "\u2066", "\u200b", "\ufeff", "\uffff", "\ud800", "\udc00", "\"", "\\", "'", "`", ",", ";", "=1+1",
        "+1", "-1", "@SUM(A1)", "＝1", "|calc", "{", "}", "[", "]", "{}", "null", "\"}", "},{\"type\":\"text\"}", "\\ud800", "\\u0000", "\\", "</script>",
        "'); DROP TABLE aiobs_events; --", "%s", "{0}", "$(id)", "../../etc/passwd", "NaN", "1e999", "-0", "ada@example.com", "4111 1111 1111 1111",
        "sk-abcdefghijklmnop1234567890", "eyJhbGciOiJIUzI1NiJ9.e30.x", "__REDACTED__", "[EMAIL]",
    ];

    /// <summary>Gets any of them, up to a dozen pieces long, now and then several thousand.</summary>
    public static Gen<string> Any { get; } =
        from pieces in Gen.Elements(Pieces).ListOf()
        from length in Gen.Frequency((9, Gen.Constant(12)), (1, Gen.Constant(100)))
        from copies in Gen.Frequency((19, Gen.Constant(1)), (1, Gen.Constant(300)))
        select string.Concat(Enumerable.Repeat(string.Concat(pieces.Take(length)), copies));

    /// <summary>Gets one that may be missing.</summary>
    public static Gen<string?> Optional { get; } = Gen.Frequency((4, Any.Select(static text => (string?)text)), (1, Gen.Constant<string?>(null)));
}
