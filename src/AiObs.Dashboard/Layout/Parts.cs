using AiObs.Dashboard.Html;
using AiObs.Dashboard.Mounting;
using AiObs.Dashboard.Text;

namespace AiObs.Dashboard.Layout;

/// <summary>Parts that all pages are made of.</summary>
internal static class Parts
{
    /// <summary>The line that observes a client by the application's root. A client that is observed apart from it has a root, and traces, of its own.</summary>
    public const string ObserveCode = "services.AddChatClient(client).UseAgentObservability()";

    /// <summary>The line that says which conversation calls belong to.</summary>
    public const string ScopeCode = "using (AgentContext.Begin(conversationId: \"c-42\")) { … }";

    /// <summary>A time: in UTC as it is written, in the reader's own zone where the script runs, and the other in its title.</summary>
    public static Action<HtmlWriter> Time(DateTimeOffset time) => html =>
        html.Write($"""<time datetime="{Shown.Iso(time)}" title="{Shown.Utc(time)} UTC">{Shown.Utc(time)}</time>""");

    /// <summary>A number with its name, as they stand at the top of a page.</summary>
    public static Action<HtmlWriter> Fact(string name, string value, bool isBad = false) => html =>
        html.Write($"""<div class="fact"><dt>{name}</dt><dd class="{(isBad ? "bad" : "")}">{value}</dd></div>""");

    /// <summary>A part of a page that is read by itself, or the sentence that says why it could not be.</summary>
    public static Action<HtmlWriter> Of<T>(Panel<T> panel, Action<T> write) => html =>
    {
        if (panel.Fault is { } fault)
        {
            Fault(fault)(html);
        }
        else
        {
            write(panel.Value!);
        }
    };

    /// <summary>A part of a page that is read by itself, or the sentence that says why it could not be.</summary>
    public static Action<HtmlWriter> Of<T>(Panel<T> panel, Action<HtmlWriter, T> write) => html => Of(panel, value => write(html, value))(html);

    public static Action<HtmlWriter> Fault(string sentence) => html =>
        html.Write($"""<p class="fault" role="status"><bdi>{sentence}</bdi></p>""");

    /// <summary>What stands where there is nothing: why, and the line of code that changes it.</summary>
    public static Action<HtmlWriter> Empty(string sentence, string? code = null) => html =>
    {
        html.Write($"""<div class="empty"><p>{sentence}</p>""");
        if (code is not null)
        {
            html.Write($"""<pre><code>{code}</code></pre>""");
        }

        html.Write($"</div>");
    };

    /// <summary>A badge with the kind of a span.</summary>
    public static Action<HtmlWriter> Kind(Operations.OperationKind? kind) => html =>
    {
        var name = Shown.Kind(kind);
        html.Write($"""<span class="kind k-{name}">{name}</span>""");
    };
}
