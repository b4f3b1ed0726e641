using AiObs.TestSupport;
using FsCheck.Fluent;

namespace AiObs.Dashboard.Tests;

/// <summary>Texts that want to become markup, a request, a script or another text than they are.</summary>
internal static class HostileTexts
{
    private const string Markup =
        "<img src=x onerror=alert(1)><script>alert(2)</script></script><svg/onload=alert(3)><iframe src=//evil.example></iframe><base href=//evil.example/><meta http-equiv=refresh content=\"0;url=//evil.example\"><style>@import '//evil.example'</style><a href=//evil.example>x</a>";

    private const string Quotes = "\"><img src=//evil.example/x onerror=alert(4)><p title=\" ' onmouseover='alert(5)' style='background:url(//evil.example/y)' `";

    private const string Addresses = "javascript:alert(6)//evil.example/?a=b&c=d#e%2F..%2F../..//\\evil.example data:text/html,<script>alert(7)</script>";

    private const string Ends = "</title></textarea></td></tr></table></main></body></html>--><!--]]><![CDATA[<!DOCTYPE x>&lt;b&gt;&#60;{{7*7}}${7*7}";

    /// <summary>What cannot be seen: it turns texts around, hides parts of them, and commands terminals.</summary>
    private const string Hidden = "invoice\u202Egnp.exe \u2066a\u2069 b\u200Bc\uFEFF \u001B[31m\u001B]0;title\u0007 \0\b\u007F\u0085\u2028\u2029 end";

    public static IReadOnlyList<string> All { get; } = [Markup, Quotes, Addresses, Ends, Hidden, .. HostileText.Any.Sample(50, 2)];

    public static IReadOnlyList<string> Documents { get; } = [.. HostileJson.Document.Sample(50, All.Count)];
}
