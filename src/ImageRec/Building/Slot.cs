namespace ImageRec.Building;

/// <summary>Holds one component, set at most once.</summary>
internal sealed class Slot<T>(string role) where T : class
{
    private string _name = "";

    public T? Value { get; private set; }

    public void Set(T value, string name)
    {
        if (Value is not null)
            throw new InvalidOperationException($"The {role} is set twice: {_name}, then {name}. Keep one of them.");
        (Value, _name) = (value, name);
    }
}
