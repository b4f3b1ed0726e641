namespace AiObs.Dashboard.Charts;

/// <summary>A part of a bar.</summary>
/// <param name="Series">Which series it is of.</param>
/// <param name="Size">How long it is; what is negative is not drawn.</param>
/// <param name="Text">What it stands for, such as <c>$0.25 + 1 unpriced</c>.</param>
internal readonly record struct BarSegment(int Series, double Size, string Text);
