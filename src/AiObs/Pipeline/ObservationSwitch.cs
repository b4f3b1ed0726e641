namespace AiObs.Pipeline;

/// <summary>The switch of one root and of all clients made with it; may be turned while calls run.</summary>
internal sealed class ObservationSwitch(bool isOn)
{
    private volatile bool _isOn = isOn;

    public bool IsOn
    {
        get => _isOn;
        set => _isOn = value;
    }
}
