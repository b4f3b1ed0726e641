using System.Diagnostics;

namespace WeatherAgent.Screen;

/// <summary>Is a span in its place in the tree.</summary>
/// <param name="Span">The span.</param>
/// <param name="Branch">What is drawn before the span; empty for a root.</param>
/// <param name="Indent">What is drawn before the lines below it.</param>
internal sealed record SpanNode(Activity Span, string Branch, string Indent);
