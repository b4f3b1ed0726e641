using System.Text;
using AiObs.Dashboard.Assets;

namespace AiObs.Dashboard.Html;

/// <summary>A style sheet of ours inside of a page, for a file that loads nothing.</summary>
/// <param name="Sheet">The style sheet.</param>
internal readonly record struct HtmlStyle(AssetFile Sheet)
{
    public override string ToString() => $"<style>{Encoding.UTF8.GetString(Sheet.Bytes.Span)}</style>";
}
