using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
using AiObs.Dashboard.Text;

namespace AiObs.Dashboard.Traces;

/// <summary>What the spans of a trace cost, each with its receipt.</summary>
internal static class CostsTab
{
    public static Action<HtmlWriter> Of(PageRequest page, Panel<IReadOnlyDictionary<string, SpanCost>> costs) => page.Sources.Costs is null
        ? Parts.Empty("Nothing computes what calls cost yet.", "services.AddAgentObservability().AddCostTracking()")
        : Parts.Of(costs, (html, found) =>
        {
            if (found.Count == 0)
            {
                Parts.Empty("Nothing in this trace has a cost: no model answered.")(html);
                return;
            }

            html.Write($"""<p class="hint">Only the calls that a provider charges have money: agents, chains and tools above them have none of their own.</p>""");
            foreach (var (spanId, cost) in found.OrderBy(static pair => pair.Value.Records[0].Time))
            {
                var record = cost.Records[0];
                html.Write($"""
                    <section class="cost"><h2><a href="{page.Links.Trace(record.TraceId ?? "", $"?span={spanId}")}"><bdi>{record.Model ?? "unknown model"}</bdi></a> <span class="hint">{Shown.Money(cost.Sum)}</span></h2>
                    """);
                ReceiptTable.Write(html, cost);
                html.Write($"</section>");
            }
        });
}
